"""Transcripts in XML and HTML."""

import pytest

from nlp_service.errors import UnreadableFile, UnsupportedMediaType

TRS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans version="3"><Speakers><Speaker id="s1" name="Ann"/><Speaker id="s2" name="Bob"/></Speakers>
<Episode><Section startTime="0" endTime="9">
<Turn speaker="s1" startTime="0.5" endTime="3"><Sync time="0.5"/>Why did you<Sync time="1.5"/>leave?</Turn>
<Turn speaker="s2" startTime="3" endTime="4.25"><Sync time="3"/>It was late &amp; cold.</Turn>
<Turn startTime="4.25" endTime="5"><Sync time="4.25"/></Turn>
<Turn speaker="s1 s2" startTime="5" endTime="6"><Sync time="5"/>Bye.</Turn>
</Section></Episode></Trans>"""
XML = """<data><segment><start>0.5</start><end>3</end><speaker>Ann</speaker><text>Why did you leave?</text></segment>
<segment><start>3</start><end>4.25</end><speaker>Bob</speaker><text>It was late &amp; cold.</text></segment>
<segment><start>5</start><end>6</end><speaker>Bob</speaker><text></text></segment></data>"""
PAGE = """<!DOCTYPE html><html><head><title>Talk</title><style>.speaker {}</style></head><body><h2>Intro</h2>
<div><p class="speaker">Ann</p><p><a onclick="playAt('0:0:1')">▶</a> Why did you leave?</p></div>
<h2>Next</h2><div><p class="big speaker">Bob:</p><p>It was late &amp;<b> cold</b>.</p></div><script>x</script>
</body></html>"""
INLINE = """<html><body><ul><li><span class="speaker">Ann:</span> Why did you leave?</li>
<li><span class='speaker'>Bob</span> It was late &amp; cold.</li></ul></body></html>"""
TALK = [("Ann", "Why did you leave?"), ("Bob", "It was late & cold.")]


def said(contents):
    record = contents.records[0]
    return [(turn.speaker, record.text[turn.start : turn.end]) for turn in record.turns]


@pytest.mark.parametrize(
    ("name", "content", "format", "times"),
    [
        ("a.trs", TRS, "trs", [(0.5, 3.0), (3.0, 4.25)]),
        ("a.xml", TRS, "trs", [(0.5, 3.0), (3.0, 4.25)]),
        ("a.xml", XML, "xml_segments", [(0.5, 3.0), (3.0, 4.25)]),
        ("a.xml", '<?xml version="1.0" encoding="utf-8"?>\n' + XML, "xml_segments", [(0.5, 3.0), (3.0, 4.25)]),
        ("a.html", PAGE, "html_transcript", [(1.0, None), (None, None)]),
        ("upload", PAGE, "html_transcript", [(1.0, None), (None, None)]),
        ("a.htm", INLINE, "html_transcript", [(None, None), (None, None)]),
    ],
)
def test_a_talk_in_markup(read, name, content, format, times):
    contents = read(name, content)

    assert said(contents)[:2] == TALK
    assert [(turn.starts_at_s, turn.ends_at_s) for turn in contents.records[0].turns[:2]] == times
    assert (contents.format, contents.kind) == (format, "interviews")


def test_speakers_who_talk_at_once_are_named_together(read):
    assert said(read("a.trs", TRS))[2] == ("Ann + Bob", "Bye.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (TRS.replace("</Speakers>", ""), r"broken at line \d+, column \d+"),
        (TRS.replace('SYSTEM "trans-14.dtd"', '[<!ENTITY a "x">]'), "entities"),
        (PAGE.replace("Why did you leave?", "").replace("It was late &amp;<b> cold</b>.", ""), "no words"),
    ],
)
def test_broken_markup_is_refused_with_its_place(read, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read("a.xml", content)


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><p>It broke.</p></body></html>",
        "<html><body><p class='loudspeaker'>It broke.</p></body></html>",
        "<?xml version='1.0'?><reviews><review>It broke</review></reviews>",
        "<?xml version='1.0'?><a><segment>It broke</segment></a>",
    ],
)
def test_other_markup_is_not_read(read, content):
    with pytest.raises(UnsupportedMediaType, match="is not read, save for transcripts"):
        read("a.html", content)


def test_markup_thirty_thousand_deep_ends(read):
    deep = "<div>" * 30_000 + '<p class="speaker">Ann</p><p>Hello.</p>' + "</div>" * 30_000
    assert said(read("a.html", f"<html><body>{deep}</body></html>")) == [("Ann", "Hello.")]
