"""What `check` finds, in every language that the bot speaks."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polib
import pytest

from bot.base.i18n import LOCALES, Languages, Words
from bot.features.drafts.case_draft import CaseDraft, PendingReferences
from bot.features.drafts.draft_page_view import why_page
from bot.features.drafts.findings_view import finding_text, note_text
from content.check import check_file
from content.drafting import DraftFinding, findings, parse_reference, read_text, shaped
from content.drafting.plain_words import plain_sentence, why
from content.lint.faults import FAULTS
from content.lint.registry import RULES
from content.lint.rule import Rule
from content.loader import read_case
from content.phrases import Phrase
from content.problems import Severity
from content.tree import to_plain
from content.yaml_tree import read_tree
from tests.content.html_reader import read_html
from tests.content.lint.reading import case_text
from tests.support.right_to_left import hebrew

BROKEN = sorted((Path(__file__).parents[3] / "content" / "broken").glob("*.yaml"))
EACH = [pytest.param(rule, id=rule.name) for rule in RULES.values() if isinstance(rule, Rule)]
ENGLISH = Languages.load().words["en"]
OTHERS = [words for code, words in Languages.load().words.items() if code != "en"]
TODAY = date(2046, 3, 1)
SAID_ELSEWHERE = {
    *("path", "file", "reason", "character"),  # of the machine, or of the reader of YAML
    *("rule", "near", "keys", "key", "place", "some", "last"),  # names of what there is
    *("better", "yes", "no"),  # words that an English case is to have, or has
}
"""The values that are no words of the case."""
_ISOLATED = re.compile("\u2068.*?\u2069", re.DOTALL)
_NAMES = re.compile(
    r"\b(?:YAML|Telegram|PubMed|DOI|UTF|SPDX|JP|Callen|https?|lint|ignore|map)\b|U\+\w+"
)


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """A language in whose sentences no Latin letter stands."""
    return hebrew(tmp_path_factory.mktemp("locales"))


def within(said: Phrase) -> Iterator[Phrase]:
    """A phrase and all that stand in it."""
    yield said
    for _, value in said.values:
        if isinstance(value, Phrase):
            yield from within(value)


def foreign(text: str) -> list[str]:
    """What is still English, the words of the case aside, which are isolated."""
    return re.findall(r"[A-Za-z]{2,}", _NAMES.sub("", _ISOLATED.sub("", text)))


def problem_phrases(path: Path) -> list[Phrase]:
    """All that is said of a case file."""
    return [problem.phrase for problem in check_file(read_case(path), today=TODAY)]


def said_of(path: Path) -> list[DraftFinding]:
    """All that an author is told of the same case while it is a draft."""
    root, _ = read_tree(path, path.read_bytes())
    plain = to_plain(root) if root else {}
    return [*findings(shaped(plain), today=TODAY)] if isinstance(plain, dict) else []


def in_short(text: str) -> str:
    """A text without its looks."""
    return " ".join(re.sub(r"[*_\\]", "", text).casefold().split())


def check_words(phrases: list[Phrase], text: str) -> None:
    """Each can be translated, and what stands in it are words of the text."""
    known = {entry.msgid for entry in polib.pofile(str(LOCALES / "messages.pot"))}
    folded = in_short(text)
    for said in (inner for each in phrases for inner in within(each)):
        bare = re.sub(r"\{\w+\}|[^\w]", "", said.template)
        assert said.template in known or not bare, said
        for name, value in said.values:
            if isinstance(value, str) and name not in SAID_ELSEWHERE:
                for part in re.split(r"[“”]|, | … ", value.strip("'\"")):
                    assert part.isdigit() or in_short(part) in folded, (said, name)


@pytest.mark.parametrize("rule", EACH)
def test_what_a_rule_finds_can_be_said(tmp_path: Path, pseudo: Words, rule: Rule) -> None:
    """Its template is known to translators, and nothing but words of the case stays English."""
    path = tmp_path / "hard-lumps.yaml"
    path.write_text(case_text(rule.bad), "utf-8")
    check_words(problem_phrases(path), path.read_text("utf-8"))
    for one in said_of(path):
        told = [finding_text(one, pseudo), pseudo.tell(one.part), pseudo.tell(one.why)]
        assert [foreign(text) for text in told] == [[], [], []], one


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_what_is_wrong_with_a_file_can_be_said(pseudo: Words, path: Path) -> None:
    """The same of what keeps a case from being read."""
    check_words(problem_phrases(path), path.read_text("utf-8", "replace"))
    for one in said_of(path):
        assert foreign(finding_text(one, pseudo)) == [], one


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.code)
@pytest.mark.parametrize("code", [*RULES, *FAULTS])
def test_each_reason_is_said_in_the_author_s_language(words: Words, code: str) -> None:
    """`Why?` below a finding, of every code there is."""
    reason = why(code)
    assert str(reason)
    assert words.tell(reason) != str(reason)
    one = DraftFinding(
        code, Severity.ERROR, (), Phrase("the case"), Phrase("It is missing."), reason
    )
    shown = read_html(str(why_page(1, 1, one, 0, words).params["text"]))[0]
    assert words.tell(reason) in shown
    assert "It is missing" not in shown


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("missing", {"title": ""}),
        ("too-long", {"title": "x" * 200}),
        ("wrong-value", {"level": "professor"}),
        ("wrong-form", {"licence": "mine!"}),
        ("reference-missing", {"vignette": "A man of 50 has gout [7]."}),
        ("not-placed", {"rest": "three words left"}),
    ],
)
def test_a_draft_is_judged_in_the_author_s_language(code: str, changes: dict[str, Any]) -> None:
    """Errors and advice, the part that they are about, in a sentence without keys of YAML."""
    draft = {"title": "Lumps", "vignette": "A man of 50 has gout.", "level": "student", **changes}
    found = next(one for one in findings(shaped(draft), today=TODAY) if one.code == code)
    for words in OTHERS:
        said = finding_text(found, words)
        assert said != finding_text(found, ENGLISH)
        assert "`" not in said
        assert said[0] == said[0].upper()
        assert said[-1] == "."
        assert words.tell(found.part) != str(found.part)


def test_english_is_said_as_on_the_command_line() -> None:
    """But for the words that people have for keys."""
    found = next(one for one in findings({"title": "x" * 200}) if one.code == "too-long")
    assert finding_text(found, ENGLISH) == "It is 200 characters long; the limit is 128."


def test_a_code_in_the_text_of_a_case_keeps_its_marks() -> None:
    """Backquotes are taken out of `check`'s words, not out of the author's."""
    found = next(
        one for one in findings({"vignette": "Her `LDH` is high."}) if one.code == "foreign-markup"
    )
    assert "“`LDH` is high.”" in finding_text(found, ENGLISH)


def test_notes_on_a_text_are_in_the_author_s_language_and_kept_so() -> None:
    """Also after the draft was kept; one that was kept as a sentence is said as it is."""
    read = read_text("A man of 50.\n\nWhat is it?\nA. Gout\nB. Fat")
    assert read.problems
    draft = CaseDraft(
        problems=(*read.problems, "Kept before."),
        pending=PendingReferences(({"pmid": "1"},), parse_reference("PMID 12345").uncertain),
    )
    again = CaseDraft.from_json(draft.to_json())
    assert again == draft
    for words in OTHERS:
        said = [note_text(note, words) for note in again.problems]
        assert said[-1] == "Kept before."
        assert said[0] != note_text(read.problems[0], ENGLISH)
        assert again.pending is not None
        (doubt,) = again.pending.uncertain
        assert note_text(doubt, words) != plain_sentence(str(doubt))
