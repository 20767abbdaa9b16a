"""Languages: complete, current, and chosen as people expect."""

import ast
import re
import string
from collections import Counter
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir
from hypothesis import given
from hypothesis import strategies as st

from bot.base.i18n import ENGLISH, LOCALES, Languages

BOT = Path(__file__).parents[3] / "bot"
CONTENT = BOT.parent / "content"
CATALOGUES = sorted(LOCALES.glob("*.po"))
OF_CASES = {"phrase": None, "phrases": (1, 2), "Rule": (3,), "LibraryRule": (3,), "Fault": (1,)}
KEYWORDS = {"say": None, "gettext": None, "count": (1, 2), **OF_CASES}
LANGUAGES = Languages.load()
TOAST_LENGTH = 200


def sentences() -> set[str]:
    """Every sentence that the code says, and every reason of what `check` finds."""
    found = [
        *extract_from_dir(BOT, [("**.py", "python")], keywords=KEYWORDS),
        *extract_from_dir(CONTENT, [("**.py", "python")], keywords=OF_CASES),
    ]
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


def placeholders(text: str) -> set[str]:
    """The values that a sentence asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def marks(text: str) -> Counter[str]:
    """Its emphasis, links, commands and signs: the same in every language."""
    return Counter(re.findall(r"\*\*|\]\(|(?<!\S)/\w+|@\w+|--[\w-]+|[☀-➿⏰←🌀-🧿]", text))


def test_every_sentence_is_found_by_the_tool_that_collects_them() -> None:
    """It overlooks what is said within an f-string."""
    said = set()
    of_bot = [node for path in BOT.rglob("*.py") for node in ast.walk(ast.parse(path.read_bytes()))]
    for node in of_bot:
        match node:
            case ast.Call(ast.Attribute(attr="say"), [ast.Constant(sentence), *_]):
                said.add(sentence)
            case ast.Call(ast.Attribute(attr="count"), [ast.Constant(sentence), _, _, *_]):
                said.add(sentence)
    for path in CONTENT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Call(ast.Name("phrase" | "phrases"), [template, *_]):
                    assert isinstance(template, ast.Constant), ast.unparse(node)
                    said.add(template.value)
    assert said
    assert said <= sentences()


def test_the_template_is_current() -> None:
    """`make messages` has been run since a sentence changed."""
    template = polib.pofile(str(LOCALES / "messages.pot"))
    assert {entry.msgid for entry in template} == sentences()


def test_what_the_bot_reads_is_current() -> None:
    """`make messages` has been run since a translation changed."""
    made = {path.stem: path.read_bytes() for path in LOCALES.glob("*.mo")}
    assert made == {path.stem: polib.pofile(str(path)).to_binary() for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_language_is_complete(path: Path) -> None:
    """Every sentence is translated, with the same values in it, and nothing obsolete is left."""
    catalogue = polib.pofile(str(path))
    assert {entry.msgid for entry in catalogue} == sentences()
    for entry in catalogue:
        assert not entry.fuzzy, entry.msgid
        translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
        assert all(translations), entry.msgid
        for translation in translations:
            forms = (entry.msgid, entry.msgid_plural or entry.msgid)
            assert placeholders(translation) in map(placeholders, forms), entry.msgid
            assert marks(translation) == marks(entry.msgid), entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_an_answer_to_a_press_has_room_for_every_language(path: Path) -> None:
    """Telegram shows 200 characters of it; a sentence about so short stays within them."""
    for entry in polib.pofile(str(path)):
        if len(entry.msgid) <= TOAST_LENGTH * 3 / 4:
            for translation in entry.msgstr_plural.values() or [entry.msgstr]:
                assert len(translation) <= TOAST_LENGTH, entry.msgid


def test_french_is_set_as_french_is() -> None:
    """Narrow no-break spaces before high punctuation and within guillemets; curly apostrophes."""
    for entry in polib.pofile(str(LOCALES / "fr.po")):
        for said in entry.msgstr_plural.values() or [entry.msgstr]:
            assert not re.search(r"[^\u202f][;!?%»]|[^\u202f\d]:|«[^\u202f]|'", said), said


def test_what_is_counted_has_a_singular() -> None:
    """No sentence holds "{days} days": a setting makes it 1, and some languages have more forms."""
    things = "answer case chat day hour learner message minute name question second time vote week"
    counted = re.compile(rf"\{{\w+\}} (?:{'|'.join(f'{thing}s' for thing in things.split())})\b")
    # How many messages are edited, and how few answers are not shown, are numbers of our own.
    fixed = {"{n} messages", "{n} answers"}
    template = polib.pofile(str(LOCALES / "messages.pot"))
    found = {
        (entry.msgid, *counted.findall(entry.msgid))
        for entry in template
        if not entry.msgid_plural and set(counted.findall(entry.msgid)) - fixed
    }
    assert found == set()


@pytest.mark.parametrize(
    ("chosen", "telegram", "expected"),
    [
        (None, None, "en"),
        (None, "es", "es"),
        (None, "es-MX", "es"),
        (None, "xx", "en"),
        ("en", "es", "en"),
        ("es", "en", "es"),
        ("gone", "es", "es"),
    ],
)
def test_the_person_s_choice_comes_first(
    chosen: str | None, telegram: str | None, expected: str
) -> None:
    """Then what their app speaks, then English."""
    assert LANGUAGES.choose(chosen, telegram).code == expected


@given(telegram=st.none() | st.text(max_size=12))
def test_any_language_code_leads_somewhere(telegram: str | None) -> None:
    """Whatever an app reports, there are words."""
    assert LANGUAGES.choose(None, telegram).code in LANGUAGES.words


def test_a_language_is_added_by_a_file(tmp_path: Path) -> None:
    """One catalogue in the folder is a new language, named as it names itself."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="English", msgstr="Deutsch"))
    catalogue.append(polib.POEntry(msgid="Next case", msgstr="Nächster Fall"))
    catalogue.save_as_mofile(str(tmp_path / "de.mo"))
    words = Languages.load(tmp_path).words
    assert list(words) == [ENGLISH, "de"]
    assert (words["de"].name, words["de"].say("Next case")) == ("Deutsch", "Nächster Fall")
    assert words["de"].say("Start") == "Start"
