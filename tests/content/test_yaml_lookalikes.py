"""Characters that cannot be seen, or look like YAML's own, where YAML wants its own."""

import json
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content.loader import read_case
from content.problems import Problem

CASE = """\
id: hard-lumps
title: Hard lumps
topics:
  - rheumatology
  - skin
level: resident
vignette: |
  A woman of 64 has hard lumps.
questions:
  - id: nature
    prompt: What are they?
    choices:
      - text: Fat
      - text: Calcium
        correct: true
      - text: Urate
    key_point: Hard means calcium.
authors: [The authors]
licence: CC-BY-4.0
review: {status: unreviewed}
"""
NBSP, ZERO_WIDTH, BOM, WIDE_BLANK = "\u00a0", "\u200b", "\ufeff", "\u3000"
COLON, DASH, BULLET, QUOTE = "\uff1a", "\u2013", "\u2022", "\u201c"


@pytest.fixture(params=["libyaml", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")


def problems(folder: Path, old: str, new: str) -> tuple[Problem, ...]:
    """What is wrong with the case, in which all of these words are said otherwise."""
    assert old in CASE
    path = folder / "hard-lumps.yaml"
    path.write_text(CASE.replace(old, new), "utf-8")
    return read_case(path).problems


@pytest.mark.parametrize(
    ("old", "new", "places", "character"),
    [
        ("title: H", f"title:{NBSP}H", ["2:7"], NBSP),
        ("title: H", f"title: {ZERO_WIDTH}H", [], ZERO_WIDTH),
        ("title: H", f"title:{ZERO_WIDTH} H", ["2:7"], ZERO_WIDTH),
        ("title: H", f"title{COLON}H", ["2:6"], COLON),
        ("title: H", f"title{COLON} H", ["2:6"], COLON),
        ("licence: ", f"licence{COLON}", ["19:8"], COLON),
        ("licence: ", f"licence {COLON} ", ["19:9"], COLON),
        ("title:", f"title{NBSP}:", ["2:6"], NBSP),
        ("title:", f"title{ZERO_WIDTH}:", ["2:6"], ZERO_WIDTH),
        ("title:", f"ti{ZERO_WIDTH}tle:", ["2:3"], ZERO_WIDTH),
        ("title:", f"ti{ZERO_WIDTH}t{ZERO_WIDTH}le:", ["2:3"], ZERO_WIDTH),
        ("title:", f'"ti{ZERO_WIDTH}tle":', ["2:4"], ZERO_WIDTH),
        ("title:", "t\u0456tle:", ["2:2"], "\u0456"),
        ("level:", f"{BOM}level:", ["6:1"], BOM),
        ("    prompt:", f"    {BOM}prompt:", ["11:5"], BOM),
        ("    prompt:", f"{NBSP * 4}prompt:", ["11:1"], NBSP),
        ("    prompt:", f"   {NBSP}prompt:", ["11:4"], NBSP),
        ("    prompt:", f"{WIDE_BLANK * 2}prompt:", ["11:1"], WIDE_BLANK),
        ("  - skin", f"  {DASH} skin", ["5:3"], DASH),
        ("  - rheumatology\n  - skin", f"  {DASH} skin\n  {DASH} joints", ["4:3"], DASH),
        ("  - rheumatology\n  - skin", f"  {BULLET} skin\n  {BULLET} joints", ["4:3"], BULLET),
        ("  - rheumatology\n  - skin", f"  -{NBSP}skin\n  -{NBSP}joints", ["4:4"], NBSP),
        ("      - text: C", f"      {DASH} text: C", ["14:7"], DASH),
        ("      - text:", f"      {DASH} text:", ["13:7", "14:7"], DASH),
        ("      - text: C", f"      -{NBSP}text: C", ["14:8"], NBSP),
        ("title: H", f"title: {QUOTE}H:", [], QUOTE),
        ("title: Hard", f"title: {QUOTE}Hard: so\u201d", ["2:8"], QUOTE),
        ("title: Hard", f"title: {QUOTE}Hard #3\u201d", ["2:8"], QUOTE),
        ("{status: un", f"{{status:{NBSP}un", ["20:17"], NBSP),
        ("level:", "\uff03 a note\nlevel:", ["6:1"], "\uff03"),
        ("vignette: |", "vignette: \uff5c", ["7:11"], "\uff5c"),
        ("vignette: |", "vignette: \uff1e", ["7:11"], "\uff1e"),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_a_look_alike_is_named_where_it_stands(
    tmp_path: Path, old: str, new: str, places: list[str], character: str
) -> None:
    """By its number and its name, since nobody can see it, or what is wrong with it."""
    found = [each for each in problems(tmp_path, old, new) if each.code == "look-alike"]
    assert [f"{each.line}:{each.column}" for each in found] == places
    name = f"U+{ord(character):04X} ({unicodedata.name(character, '').lower() or 'without a name'})"
    assert all(each.message.startswith(f"{name} stands here; ") for each in found)


def test_what_a_key_was_meant_to_be_is_taken_for_said(tmp_path: Path) -> None:
    """What cannot be seen hides no other mistake, and makes no second one."""
    found = problems(tmp_path, "level: resident", f"le{ZERO_WIDTH}vel: attending")
    assert [each.code for each in found] == ["look-alike", "wrong-value"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level: resident", f"level: resident{ZERO_WIDTH}", "; it holds U+200B (zero width space)"),
        (
            "correct: true",
            f"correct: {QUOTE}true",
            "; it holds U+201C (left double quotation mark)",
        ),
        ("id: hard-lumps", "id: hard\u2011lumps", "; it holds U+2011 (non-breaking hyphen)"),
        ("[The authors]", "\uff3bAda\uff3d", "; it holds U+FF3B (fullwidth left square bracket)"),
    ],
)
def test_what_is_odd_in_a_word_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Where a value must have a form, it may look as if it had it."""
    (found,) = problems(tmp_path, old, new)
    assert found.message.endswith(said)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Hard lumps", "title: \u201cHard\u201d lumps \u2013 10\u00a0years on\uff1a"),
        ("title: Hard lumps", "title: \u2013 a dash"),
        (
            "  A woman of 64 has hard lumps.\n",
            "  \u2013 one:\u00a0two\n  title\uff1aat\n\n  \uff03 \u3000x\u200b\n  -\u00a0x: y\n",
        ),
        ("- text: Fat", "- text: \u2013 5\u00a0mmol/L"),
        ("level:", "# \u2013 a note\uff1a\u00a0\u200b\nlevel:"),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_what_an_author_writes_in_a_text_is_left_alone(tmp_path: Path, old: str, new: str) -> None:
    """Typography belongs into texts."""
    assert problems(tmp_path, old, new) == ()


ODD = "\u00a0\u200b\ufeff\u2013\uff1a\u2019\u201c\uff03\u3000"


@given(st.lists(st.text(f"ab -#:{ODD}", min_size=1, max_size=12), min_size=1, max_size=5))
def test_no_text_below_a_block_sign_is_looked_at(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    """Whatever stands there, and however a line of it begins."""
    text = "".join(f"  w{line}\n  {line}.\n" for line in lines)
    found = problems(tmp_path_factory.getbasetemp(), "  A woman of 64 has hard lumps.\n", text)
    assert "look-alike" not in {each.code for each in found}, json.dumps(text)
