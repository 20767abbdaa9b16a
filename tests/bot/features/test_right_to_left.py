"""A language that runs from right to left is laid out right, whatever cases and names bring."""

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

import pytest
from msgspec.structs import replace

from bot.base.i18n import Languages, Words
from bot.features.cases.explanation_parts_view import Answered
from bot.features.cases.explanation_view import after_case, after_question, for_everybody
from bot.features.flags import learner_view
from bot.features.results.results_view import ChatQuestion, case_results
from bot.features.results.shares_view import QuestionResults, results_part
from bot.features.shared.dates import near_date
from bot.features.shared.question_buttons import QuestionRef, choice_buttons
from content.grading import grade
from content.markup import visible
from content.model import Case
from storage.outcome import OwedCall
from storage.tallying import Tally
from tests.content.html_reader import read_html
from tests.support.library import shipped_library
from tests.support.pages import FEATURES, pages
from tests.support.pages import shown as shown_on
from tests.support.right_to_left import hebrew

PAGES = dict(pages())

LIBRARY = shipped_library()
ENGLISH = Languages.load().words["en"]
OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"
_TYPED = re.compile(r"/[a-z]+|https://\S+")  # it stays as it stands, whatever is around it
CALCINOSIS = LIBRARY.cases["calcinosis-cutis"]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """The words of such a language."""
    return hebrew(tmp_path_factory.mktemp("locales"))


def outside_isolates(line: str) -> str:
    """What gives a line its direction. Isolates end where they began."""
    depth, outside = 0, ""
    for char in line:
        depth -= char in CLOSING
        assert depth >= 0, line
        outside += "" if depth or char in OPENING + CLOSING else char
        depth += char in OPENING
    assert depth == 0, line
    return outside


def directions(text: str) -> str:
    """L and R for each letter that has a direction."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return "".join("R" if kind == "AL" else kind for kind in kinds if kind in {"L", "R", "AL"})


def jumbled(text: str) -> list[str]:
    """The lines with words of ours that do not run from right to left, or hold other letters.

    A line of a case's text alone runs as its own letters do.
    """
    return [
        line
        for line in text.splitlines()
        if "R" in directions(line)
        and set(directions(_TYPED.sub("", outside_isolates(line)))) != {"R"}
    ]


def shown(calls: Iterable[OwedCall | str]) -> str:
    """What is read of messages, buttons aside."""
    htmls = [call if isinstance(call, str) else str(call.params["text"]) for call in calls]
    return "\n".join(read_html(html)[0] for html in htmls)


def explained(case: Case, words: Words) -> Iterable[str]:
    """Explanations of each question: to whoever chose one choice, and to everybody."""
    for position, question in enumerate(case.questions):
        for place in range(len(question.choices)):
            answered = Answered(case, question, (place,), grade(question, (place,)))
            if position + 1 < len(case.questions):
                yield from after_question(answered, words).messages
            else:
                tally = Tally(10, {place: 10})
                yield from after_case(answered, tally, words).messages
        yield from for_everybody(case, position, words)


@pytest.mark.parametrize("case_id", sorted(LIBRARY.cases))
def test_explanations_run_from_right_to_left(words: Words, case_id: str) -> None:
    """An English case amid Hebrew words: each keeps its own direction."""
    text = shown(explained(LIBRARY.cases[case_id], words))
    assert "R" in directions(text)
    assert jumbled(text) == []


def test_bars_stand_at_the_right_whatever_their_choices_are(words: Words) -> None:
    """Choices of numbers alone, too, whose order would turn around in such a line."""
    numbers = [
        choice.model_copy(update={"text": f"7.{n}5–7.45 (in {n} h)"})
        for n, choice in enumerate(CALCINOSIS.questions[0].choices)
    ]
    asked = CALCINOSIS.questions[0].model_copy(update={"choices": tuple(numbers)})
    for question in (asked, CALCINOSIS.questions[0]):
        counts = dict.fromkeys(range(len(question.choices)), 1)
        results = QuestionResults(5, 1, counts, (1, "Ada"))
        text = visible(results_part(question, results, words).paragraphs)
        total = ChatQuestion(question, 2, 5, 1, counts, 3)
        text += "\n" + shown(case_results(1, "Case (old)", [total], words))
        bars = [line for line in text.splitlines() if "▱" in line]
        assert len(bars) == 2 * len(counts)
        for line, choice in zip(bars, question.choices * 2, strict=True):
            assert line == f"\u200f▰▱▱▱▱ \u200f20% \u2068{choice.text}\u2069"
        assert jumbled(text) == []


@pytest.mark.parametrize("name", PAGES)
def test_each_page_runs_from_right_to_left(words: Words, name: str) -> None:
    """Whatever names, titles, numbers and dates stand amid its words, and on its buttons."""
    texts = shown_on(PAGES[name], words)
    assert texts
    assert jumbled("\n".join(texts)) == []


def test_pages_are_found_by_their_kind(words: Words) -> None:
    """Those of every feature, and what stands on them."""
    assert (
        len({name.partition("/")[0] for name in PAGES})
        == len([folder for folder in FEATURES.iterdir() if [*folder.glob("*_view.py")]]) + 1
    )
    told = "\n".join(text for page in PAGES.values() for text in shown_on(page, words))
    for name in ("Ada (ICU)", "Lumps (hard)?", CALCINOSIS.title):
        assert f"\u2068{name}\u2069" in told


def test_buttons_run_from_right_to_left_where_they_are_words(words: Words) -> None:
    """A choice runs as it is written; it stands alone on its button."""
    question, ref = CALCINOSIS.questions[0], QuestionRef(7, 0)
    order = tuple(range(len(question.choices)))
    keyboard = choice_buttons(question, ref, order, Tally(5, {0: 5}), words)
    labels = [button["text"] for row in keyboard for button in row]
    assert set(directions(labels[-1])) == {"R"}
    flag = learner_view.which_reason(1, ref, CALCINOSIS, words)
    rows = flag.params["reply_markup"]["inline_keyboard"]
    assert all(set(directions(button["text"])) == {"R"} for row in rows for button in row)


def test_a_line_runs_as_its_words_do_whatever_it_begins_with(words: Words) -> None:
    """Not every app looks past a name or a number for the first letter of ours."""
    row = words.say("{number}. {name} · {points} of {n}", number=1, name="Ben", points="2", n=3)
    day = near_date(date(2026, 12, 8), words)
    for line in (row, day, words.count("{n} day", "{n} days", 2)):
        assert line.startswith("\u200f")


def test_no_other_language_has_such_characters() -> None:
    """What needs no isolates has none."""
    text = json.dumps(list(explained(CALCINOSIS, ENGLISH)), ensure_ascii=False)
    assert not set(text) & set("\u200f" + OPENING + CLOSING)
    assert not ENGLISH.right_to_left


def test_an_address_stays_whole(words: Words) -> None:
    """A link leads where it should."""
    url = "https://t.me/morning_report_bot"
    assert f"({url})" in words.say("That works in our private chat: [write to me]({url}).", url=url)
    assert replace(words, name="Deutsch").isolated("x") == "x"
