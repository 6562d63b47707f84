"""QDA projects give their documents with the codes beside them; a codebook is told to be one, with its codes."""

import json

import pytest

from nlp_service.errors import UnreadableFile
from tests.ingest.archived import zipped

NS = 'xmlns="urn:QDA-XML:project:1.0"'
TALK = "Interviewer: How was it?\r\nP1: The app is slow, it takes a minute to open.\r\nInterviewer: And then?\r\nP1: I left."


def code(name, guid, inner="", **more):
    rest = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<Code name="{name}" guid="{guid}"{rest}>{inner}</Code>'


CODES = code("Nodes", "0", code("speed", "A", code("opening", "B")) + code("leaving", "C"), isCodable="false")


def project(sources, codes=CODES):
    book = f"<CodeBook><Codes>{codes}</Codes></CodeBook>"
    return f'<?xml version="1.0"?><Project {NS} name="p">{book}<Sources>{sources}</Sources></Project>'


def selection(start, end, name, *targets, inner=""):
    refs = "".join(f'<Coding guid="x{target}"><CodeRef targetGUID="{target}"/></Coding>' for target in targets)
    place = f'startPosition="{start}" endPosition="{end}"'
    return f'<PlainTextSelection guid="s{start}" {place} name="{name}">{inner}{refs}</PlainTextSelection>'


def text_source(inner="", path="internal://t1.txt"):
    return f'<TextSource guid="G1" name="Talk one" plainTextPath="{path}">{inner}</TextSource>'


@pytest.mark.parametrize(("project_name", "folder"), [("project.qde", "Sources"), ("Project.qde", "sources")])
def test_a_document_has_its_speakers_and_its_codes_with_their_places(read, project_name, folder):
    text = TALK.replace("\r\n", "\n")
    start = text.index("The app is slow")
    xml = project(text_source(selection(start, start + 15, "The app is slow", "b", "A") + selection(0, 3, "memo")))
    contents = read("study.qdpx", zipped({project_name: xml, f"{folder}/t1.txt": TALK}))

    (record,) = contents.records
    assert {turn.role for turn in record.turns} == {"interviewer", "participant"}
    assert (record.external_id, record.metadata["document"]) == ("G1", "Talk one")
    assert record.metadata["codes"] == "speed (1); speed > opening (1)"
    placed = json.loads(record.metadata["coded_segments"])
    assert [name for name, _, _ in placed] == ["speed > opening", "speed"]
    assert {record.text[start:end] for _, start, end in placed} == {"The app is slow"}
    assert any("3 codes and 2 coded segments" in warning for warning in contents.warnings)


def test_quotations_stand_for_a_document_that_is_not_there(read):
    inner = (
        selection(10, 25, "The app is slow", "A")
        + selection(30, 90, "my memo", "C")
        + selection(100, 300, "It is…", "C")
    )
    contents = read("study.qdpx", zipped({"project.qde": project(text_source(inner))}))

    assert [(r.text, r.metadata["codes"], r.metadata.get("cut_off")) for r in contents.records] == [
        ("The app is slow", "speed", None),
        ("It is", "leaving", "true"),
    ]
    assert contents.skipped == {"no_text": 1, "no_quotation": 1}


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"project.qde": project(text_source())}, "1 documents .“Talk one”. and holds no text.*3 codes"),
        ({"project.qde": project(text_source()), "sources/t1.txt": "\n"}, "no text"),
        ({"project.qde": "<Project"}, "XML is broken"),
        ({"project.qde": f'<!DOCTYPE a [<!ENTITY e "x">]><Project {NS}>&e;</Project>'}, "entities"),
        ({"project.qde": f'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Project {NS}/>'}, "entities"),
        ({"project.qde": project(""), "../../evil.txt": "x"}, "leads out"),
        ({"project.qde": project(text_source(path="absolute:///etc/passwd"))}, "no text"),
        ({"project.qde": project(""), "a/project.qde": project("")}, "one project"),
    ],
)
def test_a_project_without_texts_or_with_tricks_is_refused(read, members, message):
    with pytest.raises(UnreadableFile, match=message):
        read("study.qdpx", zipped(members))


QDC = '<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="X"><Codes>{}</Codes></CodeBook>'


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("codes.qdc", QDC.format(CODES), "3 codes .“speed”, “speed > opening”, “leaving”"),
        ("codes.xml", QDC.format(code("کند", "1")), "1 codes .“کند”"),
        ("codes.txt", "speed>>opening\tslow to open\nspeed>>closing\nleaving\n", "3 codes .“speed > opening”"),
        (
            "codes.csv",
            "tag,description\nspeed,slow\nleaving,gone for good and for all\n",
            "2 codes .“speed”, “leaving”",
        ),
        ("codes.csv", "path,description,number_of_highlights\nspeed.open,slow,3\n", "1 codes .“speed.open”"),
    ],
)
def test_a_codebook_is_told_to_be_one_with_its_codes(read, name, content, codes):
    with pytest.raises(UnreadableFile, match=codes):
        read(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "I pressed >> and it broke. Then nothing happened.\nIt never came back\n"),
        ("a.txt", "> quoted\nAnd an answer to it\n"),
        ("a.csv", "name,description\nann,It is slow and breaks all the time\n"),
    ],
)
def test_a_text_with_arrows_and_a_table_with_names_are_no_codebooks(read, name, content):
    assert read(name, content).records
