"""Formatted text: tags to entities, offsets in UTF-16, complaints in Telegram's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities.formatted import formatted
from bot.sandbox.entities.html import escape_html, parse_html
from bot.sandbox.entities.marks import MarkupError
from bot.sandbox.errors import ApiError
from bot.sandbox.model import Entity
from bot.sandbox.render import entities_json

PLAIN_TAGS = ["b", "i", "u", "s"]
KINDS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough"}


def html(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text and the kinds and places of the entities that a message gets."""
    result = formatted(source, "HTML", None)
    return result.text, [(item.type, item.offset, item.length) for item in result.entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<ins>a</ins><strike>b</strike>", "ab", [("underline", 0, 1), ("strikethrough", 1, 1)]),
        ("<del>a</del><tg-spoiler>b</tg-spoiler>", "ab",
         [("strikethrough", 0, 1), ("spoiler", 1, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a\nb</blockquote>c", "a\nbc", [("blockquote", 0, 3)]),
        ("😀<b>é😀</b>", "😀é😀", [("bold", 2, 3)]),
        ("  <b> a </b>\n", "a", [("bold", 0, 1)]),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("&lt;&gt;&amp;&quot;&#65;&#x1F600;&nbsp;", '<>&"A😀&nbsp;', []),
        ("/start @someone #tag https://a.example/x).", "/start @someone #tag https://a.example/x).",
         [("bot_command", 0, 6), ("mention", 7, 8), ("hashtag", 16, 4), ("url", 21, 19)]),
        ("10.1056/NEJMcps a@b.example", "10.1056/NEJMcps a@b.example", [("email", 16, 11)]),
        ('<b>a<tg-emoji emoji-id="0005">👍</tg-emoji></b>', "a👍",
         [("bold", 0, 3), ("custom_emoji", 1, 2)]),
        ('<blockquote>at <tg-time unix="5" format="wDT">noon</tg-time></blockquote>', "at noon",
         [("blockquote", 0, 7), ("date_time", 3, 4)]),
        ('<b><tg-time unix="5">12:00</tg-time></b>', "12:00", [("date_time", 0, 5)]),
        ('<tg-time unix="-5">a.de</tg-time>', "a.de", [("url", 0, 4)]),
        ('<tg-time unix="5">a.de</tg-time>', "a.de", [("date_time", 0, 4)]),
        ("<code>/start</code>", "/start", [("code", 0, 6)]),
        ("a\r\nb\t\u202e<b>c\u2028d</b>", "a\nb cd", [("bold", 4, 2)]),
    ],
)  # fmt: skip
def test_html(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Tags become entities; commands and addresses are found in what remains."""
    assert html(source) == (text, entities)


def test_links_and_languages_keep_their_details() -> None:
    """Links are normalised, impossible ones dropped; a code block keeps its language."""
    source = (
        '<a href="https://a.example?x=1&amp;y=2">a</a> <a href="nowhere">b</a>'
        ' <a href="tg://user?id=7">c</a> <pre><code class="language-python">d</code></pre>'
    )
    assert formatted(source, "HTML", None).entities == (
        Entity("text_link", 0, 1, url="https://a.example/?x=1&y=2"),
        Entity("text_mention", 4, 1, user_id=7),
        Entity("pre", 6, 1, language="python"),
    )


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<abac>", 'Unsupported start tag "abac" at byte offset 0'),
        ("🏟 🏟&lt;<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("<i/>", 'Unsupported start tag "i/" at byte offset 0'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<i>a</em  >", 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'),
        ("<i>a</i  ", "Unclosed end tag at byte offset 4"),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ('<a href="x>', "Unclosed start tag at byte offset 0"),
        ("<a href=x,y>", "Unexpected end of name token at byte offset 8"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="5" format="x">a</tg-time>', "Invalid date format used"),
    ],
)
def test_html_complaints(source: str, complaint: str) -> None:
    """Wrong markup is refused as Telegram's parser does, with the byte where it is."""
    with pytest.raises(MarkupError) as caught:
        parse_html(source)
    assert str(caught.value) == complaint


@pytest.mark.parametrize(
    ("mode", "source", "text", "entities"),
    [
        ("Markdown", "*a* _b_ `c` \\*", "a b c *",
         [("bold", 0, 1), ("italic", 2, 1), ("code", 4, 1)]),
        ("Markdown", "[a](https://a.example/)", "a", [("text_link", 0, 1)]),
        ("MarkdownV2", "*a _b_* __c__ ~d~ ||e||", "a b c d e",
         [("bold", 0, 3), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1),
          ("spoiler", 8, 1)]),
        ("MarkdownV2", "```py\na\\.b\n``` 1\\.", "a.b\n 1.", [("pre", 0, 4)]),
        ("MarkdownV2", ">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 4)]),
        ("MarkdownV2", ">*a\n>b*", "a\nb", [("blockquote", 0, 3), ("bold", 0, 3)]),
        ("MarkdownV2", ">a\n>b||", "a\nb", [("expandable_blockquote", 0, 3)]),
        ("MarkdownV2", ">a||\nb", "a\nb", [("expandable_blockquote", 0, 2)]),
        ("MarkdownV2", ">a\n**>b\n>c||\nd", "a\nb\nc\nd",
         [("blockquote", 0, 2), ("expandable_blockquote", 2, 4)]),
        ("MarkdownV2", ">||a||", "a", [("blockquote", 0, 1), ("spoiler", 0, 1)]),
        ("MarkdownV2", "[a\\]](https://a.example/x)", "a]", [("text_link", 0, 2)]),
        ("MarkdownV2", "[https://a\\.example/x]", "https://a.example/x", [("text_link", 0, 19)]),
        ("MarkdownV2", "![👍](tg://emoji?id=5368) *a*", "👍 a",
         [("custom_emoji", 0, 2), ("bold", 3, 1)]),
        ("MarkdownV2", "![noon](tg://time?unix=5&format=wDT)", "noon", [("date_time", 0, 4)]),
        ("MarkdownV2", "```py\nb```", "b", [("pre", 0, 1)]),
        ("MarkdownV2", "```b```", "b", [("pre", 0, 1)]),
        ("MarkdownV2", "___a_**__", "a", [("italic", 0, 1), ("underline", 0, 1)]),
    ],
)  # fmt: skip
def test_markdown(mode: str, source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Both Markdown modes give the same kinds of entities."""
    result = formatted(source, mode, None)
    found = [(item.type, item.offset, item.length) for item in result.entities]
    assert (result.text, found) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("é *a", "Can't find end of Bold entity at byte offset 3"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        ("```py\na", "Can't find end of PreCode entity at byte offset 0"),
        ("a>", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("a!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        (">a || b\nc||", "Can't find end of Spoiler entity at byte offset 3"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](https://a.example)", "Invalid tg://emoji or tg://time URL specified"),
        ("![a](tg://emoji?id=0)", "Invalid tg://emoji or tg://time URL specified"),
        ("![a](tg://time?unix=5&format=x)", "Invalid date format used"),
    ],
)
def test_markdown_complaints(source: str, complaint: str) -> None:
    """MarkdownV2 insists on escapes and ends."""
    with pytest.raises(ApiError) as caught:
        formatted(source, "MarkdownV2", None)
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("doi.org/10.1056/x.", {"doi.org/10.1056/x": "url"}),
        ("(see example.com/a_(b), ok)", {"example.com/a_(b)": "url"}),
        ("EXAMPLE.COM? main.py 192.168.0.1:80", {
            "EXAMPLE.COM": "url", "main.py": "url", "192.168.0.1:80": "url"}),
        ("müller.vermögensberater/x xn--e1a.xn--p1ai", {
            "müller.vermögensberater/x": "url", "xn--e1a.xn--p1ai": "url"}),
        ("ftp://a.bc/d tg://resolve?domain=x tonsite://a.ton", {
            "ftp://a.bc/d": "url", "tg://resolve?domain=x": "url", "tonsite://a.ton": "url"}),
        ("https://user:pw@a.example/", {"https://user:pw@a.example/": "url"}),
        ("1.5 mg e.g. vs.the.end 10.30 256.1.1.1 a.example sftp://a.com foo://a.com a_b.com", {}),
        ("sentence ends.Go on. No.One a..com -.com", {}),
        ("mail me.too+x@a.example, mailto:b@c.io", {
            "me.too+x@a.example": "email", "b@c.io": "email"}),
        ("+1-212-555-0123 +49 (30) 901820", {
            "+1-212-555-0123": "phone_number", "+49 (30) 901820": "phone_number"}),
        ("+12 a+4930901820 12+49 309 018 20", {}),
        ("$USD, $A $1INCH $USD@chat", {
            "$USD": "cashtag", "$A": "cashtag", "$1INCH": "cashtag", "$USD@chat": "cashtag"}),
        ("$usd a$USD $USD1 $$USD $TOOLONGTAG $5", {}),
        ("#tag@chat #1 #1a #a#b", {"#tag@chat": "hashtag", "#1a": "hashtag"}),
        ("@gif @abc @abcd a@abcd", {"@gif": "mention", "@abcd": "mention"}),
        ("/start@some_bot /a/b /x@y", {"/start@some_bot": "bot_command"}),
    ],
)  # fmt: skip
def test_what_is_found_in_plain_text(text: str, found: dict[str, str]) -> None:
    """Addresses with a scheme or a known ending, mail, phone numbers, tags; and nothing else."""
    units = text.encode("utf-16-le")
    entities = formatted(text, "", None).entities
    assert {
        units[item.offset * 2 : (item.offset + item.length) * 2].decode("utf-16-le"): item.type
        for item in entities
    } == found


def test_times_and_emoji_keep_their_details() -> None:
    """Both modes and entities that are given say the same; formats come in Telegram's order."""
    given = [
        {"type": "date_time", "offset": 0, "length": 1, "unix_time": 5, "date_time_format": "TDw"},
        {"type": "custom_emoji", "offset": 2, "length": 1, "custom_emoji_id": "68"},
        {"type": "url", "offset": 0, "length": 1},
    ]
    results = [
        formatted("a b", "", given),
        formatted(
            '<tg-time unix="5" format="TDW">a</tg-time> <tg-emoji emoji-id="68">b</tg-emoji>',
            "HTML",
            None,
        ),
        formatted("![a](tg://time?unix=5&format=wDT) ![b](tg://emoji?id=68)", "MarkdownV2", None),
    ]
    for result in results:
        assert result.text == "a b"
        assert entities_json(result.entities, {}) == [
            {
                "type": "date_time",
                "offset": 0,
                "length": 1,
                "unix_time": 5,
                "date_time_format": "wDT",
            },
            {"type": "custom_emoji", "offset": 2, "length": 1, "custom_emoji_id": "68"},
        ]


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        (5, "expected an Object"),
        ({"offset": 0, "type": "bold"}, 'Can\'t find field "length"'),
        ({"offset": 0, "length": "1", "type": "bold"}, 'Field "length" must be of type Number'),
        ({"offset": 0, "length": 1, "type": "big"}, "Unsupported type specified"),
        ({"offset": 0, "length": 1, "type": "text_link"}, 'Can\'t find field "url"'),
        ({"offset": 0, "length": 1, "type": "date_time"}, 'Can\'t find field "unix_time"'),
    ],
)
def test_complaints_of_given_entities(entity: object, complaint: str) -> None:
    """What cannot be an entity is refused."""
    with pytest.raises(ApiError) as caught:
        formatted("a b", "", [entity])
    assert caught.value.description == f"Bad Request: can't parse MessageEntity: {complaint}"


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    """Nothing that is escaped is taken for markup."""
    assert parse_html(escape_html(text)) == (text, [])


@given(st.lists(st.tuples(st.sampled_from(["", *PLAIN_TAGS]), st.text(min_size=1)), max_size=8))
def test_offsets_count_utf16(pieces: list[tuple[str, str]]) -> None:
    """Every entity covers in UTF-16 just what its tag enclosed."""
    source = "".join(
        f"<{tag}>{escape_html(text)}</{tag}>" if tag else escape_html(text) for tag, text in pieces
    )
    text, entities = parse_html(source)
    units = text.encode("utf-16-le", "surrogatepass")
    covered = [
        (item.type, units[item.offset * 2 : (item.offset + item.length) * 2]) for item in entities
    ]
    assert covered == [
        (KINDS[tag], inner.encode("utf-16-le", "surrogatepass")) for tag, inner in pieces if tag
    ]


@given(st.text(alphabet="<>/&;=\"' abi#x1é😀\n\r*_[]()!`~|>\\.@$+:", max_size=60))
def test_any_markup_is_read_or_refused(source: str) -> None:
    """No input breaks a parser; entities stay within the text, outer ones before inner."""
    complaints: list[str] = []
    for mode in ("HTML", "Markdown", "MarkdownV2"):
        try:
            result = formatted(source, mode, None)
        except ApiError as error:
            complaints.append(error.description)
            continue
        size = len(result.text.encode("utf-16-le")) // 2
        assert all(0 <= item.offset < item.offset + item.length <= size for item in result.entities)
        places = [(item.offset, -item.length) for item in result.entities]
        assert places == sorted(places)
    prefix = "Bad Request: can't parse entities: "
    assert [words for words in complaints if not words.startswith(prefix)] == []


def test_entities_beyond_a_hundred_are_dropped() -> None:
    """Telegram keeps the first hundred and says nothing."""
    assert len(html("<b>a</b> " * 101)[1]) == 100
