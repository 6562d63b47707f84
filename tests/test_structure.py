"""The rules of the code that can be counted."""

import ast

import pytest

from nlp_service.settings import ROOT, Settings

SOURCES = sorted((ROOT / "nlp_service").rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES, MOST_POSITIONAL = 400, 40, 5
BANNED = {"utils", "util", "helpers", "common", "manager", "core", "misc"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_small_and_its_functions_are_too(path):
    source = path.read_text(encoding="utf-8")

    assert len(source.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < MOST_FUNCTION_LINES, node.name
            positional = [a.arg for a in (*node.args.posonlyargs, *node.args.args) if a.arg not in {"self", "cls"}]
            assert len(positional) <= MOST_POSITIONAL, node.name


def test_no_file_is_named_after_nothing():
    assert not BANNED & {path.stem for path in SOURCES}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_and_its_public_names_say_what_they_are(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node) or _is_error(node), node.name


def _is_error(node):
    return isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") in _ERRORS for base in node.bases)


_ERRORS = {"ServiceError", "InvalidRequest", "NotReady"}


def test_every_setting_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    for name in Settings.model_fields:
        assert f"`NLP_{name.upper()}`" in readme, name
