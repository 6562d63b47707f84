"""HTML bodies of messages → plain text: blocks as lines, quotations marked with `> `, scripts and pictures left out."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
_APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "pre"})
_HTML = re.compile(
    r"<(?:/?(?:p|div|span|a|b|i|u|em|strong|ul|ol|li|table|tr|td|blockquote|html|body|font|h[1-6]|pre|code)|br|hr|img)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_FLAT = frozenset(
    {"br", "img", "hr", "p", "li", "td", "th", "tr", "input", "meta", "link", "col", "wbr", "option", "dd", "dt"}
)
_DEEPEST = 250
_STRAY = re.compile(r"(?<!\s)[^\S\n]+$|^ (?=\S)", re.MULTILINE)
"""Spaces at the end of a line, and the single one that help desks leave at its start."""


def text_of_body(body: str) -> str:
    """The plain text of a message body that may be HTML; no-break spaces and runs of empty lines are made ordinary."""
    return text_of_html(body) if _HTML.search(body) else tidy_lines(body)


def text_of_html(html: str) -> str:
    """The words of an HTML body in reading order; nothing is loaded, run or expanded beyond character references."""
    if _depth(html) > _DEEPEST:
        return tidy_lines(re.sub(r"<[^<>]*>", "\n", html))
    root = LexborHTMLParser(html).body
    lines = _Lines()
    stack: list[tuple[LexborNode, bool]] = [(root, False)] if root is not None else []
    while stack:
        node, is_left = stack.pop()
        if is_left:
            lines.leave(node.tag or "")
        elif node.tag == "-text":
            lines.write(node.text_content or "")
        elif node.tag not in _DROPPED and (node.tag or "-")[0] != "-":
            lines.enter(node.tag or "")
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(_children(node)))
    return tidy_lines("\n".join(lines.done))


def tidy_lines(text: str) -> str:
    """The text with LF line ends, ordinary spaces, none left over at the edges of lines, and one empty line at most."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u200b", "")
    return re.sub(r"\n{3,}", "\n\n", _STRAY.sub("", plain)).strip()


@dataclass(slots=True)
class _Lines:
    """Lines on their way, each begun with `> ` inside a quotation."""

    done: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    n_quotes: int = 0
    n_pre: int = 0

    def write(self, text: str) -> None:
        """Add words; line ends count inside `pre` only."""
        if self.n_pre:
            first, *others = text.split("\n")
            self.current.append(first)
            for line in others:
                self._end()
                self.current.append(line)
        else:
            self.current.append(re.sub(r"[\s\u00a0]+", " ", text))

    def enter(self, tag: str) -> None:
        """Begin an element."""
        if tag in _BLOCKS:
            self._end_if_filled()
        if tag == "br":
            self._end()
        elif tag == "li":
            self.current.append("- ")
        elif tag in ("td", "th"):
            self.current.append(" ")
        self.n_quotes += tag == "blockquote"
        self.n_pre += tag == "pre"

    def leave(self, tag: str) -> None:
        """End an element."""
        if tag in _BLOCKS or tag == "body":
            self._end_if_filled()
        if tag in _APART and not self.n_quotes:
            self.done.append("")
        self.n_quotes -= tag == "blockquote"
        self.n_pre -= tag == "pre"

    def _end_if_filled(self) -> None:
        if "".join(self.current).strip():
            self._end()
        self.current = []

    def _end(self) -> None:
        line = "".join(self.current)
        line = line if self.n_pre else re.sub(" {2,}", " ", line).strip()
        self.done.append(f"> {line}" if self.n_quotes else line)
        self.current = []


def _children(node: LexborNode) -> list[LexborNode]:
    children, child = [], node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _depth(html: str) -> int:
    """How deep tags are nested at most, as far as opening and closing ones tell."""
    depth = deepest = 0
    for slash, name in _TAGS.findall(html):
        if name.lower() not in _FLAT:
            depth = max(0, depth - 1) if slash else depth + 1
            deepest = max(deepest, depth)
    return deepest
