"""HTML bodies become the words that a reader would see, in bounded time."""

import time

import pytest

from nlp_service.ingest.markup import text_of_body, text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<div>One</div><div>Two <b>bold</b>,\n and more</div>", "One\nTwo bold, and more"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", "One Two"),
        ('See <a href="https://a.example/x?t=1">the page</a>', "See the page"),
        ("<p>Mine</p><blockquote><p>Theirs</p><p>too</p></blockquote>", "Mine\n\n> Theirs\n> too"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>سلام <span dir='ltr'>App</span>‌ها</p>", "سلام App\u200cها"),
        ("<p>a &lt; b &amp;amp; c&nbsp;d &#128512;</p>", "a < b &amp; c d 😀"),
        ("<style>p{}</style><script>alert(1)</script><title>x</title><p>Words</p>", "Words"),
        ('<p>Words</p><img src="https://t.example/p.gif" alt="a>b" width=1>', "Words"),
        ("<p>Un<b>closed", "Unclosed"),
        ("<!-- note --><p>Words</p><![CDATA[x]]>", "Words"),
        ('<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "boom">]><p>&a; Words</p>', "]>\n&a; Words"),
        ('<div class="zd-comment" dir="auto">This is great<br></div>', "This is great"),
        ("", ""),
    ],
)
def test_html_becomes_its_words(html, text):
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("I <3 it", "I <3 it"),
        ("<Name> never answered", "<Name> never answered"),
        ("Hi there, \n\n I\u00a0am \n\n\n\nhere", "Hi there,\n\nI am\n\nhere"),
        ("<p>Hi</p>", "Hi"),
    ],
)
def test_plain_bodies_stay_plain(body, text):
    assert text_of_body(body) == text


@pytest.mark.parametrize(
    "unit", ["<div>", "<blockquote><p>", "<a ", "<!--", "</", "<a b='", "<![", "&", "<b><i>", "<", "<pre>\n", " "]
)
def test_hostile_markup_takes_bounded_time(unit):
    began = time.perf_counter()
    text_of_html("<p>Words</p>" + unit * 100_000)
    text_of_html("<p>Words</p>" + unit * 100_000 + "</div>" * 100_000)
    assert time.perf_counter() - began < 10
