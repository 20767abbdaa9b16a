"""What stands on the screen of a live round: what a case is worked through by, never its answer."""

import json
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.i18n import Languages
from bot.features.live.screen_values import Ballot, Screen
from bot.features.live.screen_view import screen
from content.markup import parse
from content.model import Case
from content.snapshot import Snapshot
from storage.live_rounds import State
from tests.content.samples import case as sample
from tests.content.samples import question_data
from tests.support.library import shipped_library
from tests.support.live_rounds import round_shown

WORDS = Languages.load().words
CASES = sorted(shipped_library().cases)
BEFORE: tuple[State, ...] = ("gathering", "shown", "open", "closed")


def written(what: Screen) -> str:
    """As the browser is sent it."""
    return msgspec.json.encode(what).decode()


def answers_of(case: Case, position: int) -> Iterator[str | None]:
    """Texts that would give the answer to a question away, or what comes later."""
    for question in case.questions[position:]:
        yield question.key_point
        yield from (choice.why for choice in question.choices)
    for question in case.questions[position + 1 :]:
        yield question.reveal
        yield question.prompt
    yield from (section.text for section in case.discussion)
    yield from (reference.title for reference in case.references)
    yield from (figure.file for figure in case.shown_figures)


def pieces(secret: str) -> Iterator[str]:
    """What of a text would stand together on the screen; a few words may stand anywhere."""
    for paragraph in parse(secret):
        yield from (run.text for run in paragraph if len(run.text) > 40)


def as_json(text: str) -> str:
    """How a text, or its beginning, stands within JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


@pytest.mark.parametrize("case_id", CASES)
def test_nothing_gives_the_answer_away_before_it_is_revealed(case_id: str) -> None:
    """In no state of any shipped case, in no language, however many votes are shown."""
    case = shipped_library().cases[case_id]
    snapshot = shipped_library().snapshot(case)
    for position, question in enumerate(case.questions):
        counts = dict.fromkeys(range(len(question.choices)), 8)
        ballots = (Ballot(31, counts), Ballot(31, counts))
        for state in BEFORE:
            for words in WORDS.values():
                told = screen(round_shown(snapshot, state, position, ballots=ballots), words)
                text = written(told)
                assert '"correct' not in text
                # An id may be a word of the story; as a value by itself it may not stand there.
                assert f'"{case.id}' not in text
                assert told.answer is None
                for secret in filter(None, answers_of(case, position)):
                    assert not [each for each in pieces(secret) if as_json(each) in text]


@given(st.permutations(range(4)), st.sets(st.integers(0, 3), min_size=1, max_size=3))
def test_choices_bars_and_right_ones_follow_the_numbers_of_the_phones(
    order: list[int], right: set[int]
) -> None:
    """Whatever order the round has drawn."""
    choices = [{"text": f"Choice {n}", "correct": n in right} for n in range(4)]
    snapshot = Snapshot(sample(questions=[question_data(choices=choices)]), ())
    ballot = Ballot(100, {0: 10, 1: 20, 2: 30, 3: 40})
    now = round_shown(snapshot, "revealed", ballots=(ballot,), orders=(tuple(order),))
    told = screen(now, WORDS["en"])
    assert told.asked is not None
    assert told.answer is not None
    assert told.asked.choices == [f"Choice {n}" for n in order]
    assert [share.length for share in told.bars[0].shares] == [(n + 1) * 10 for n in order]
    assert {order[place] for place in told.answer.right} == right
    assert bool(told.asked.several) == (len(right) > 1)


def test_fewer_than_five_votes_show_no_shares() -> None:
    """Neither as figures nor as bars, and it is said why; a second vote of enough is shown."""
    snapshot = Snapshot(sample(), ())
    few, enough = Ballot(4, {0: 4}), Ballot(5, {0: 5})
    told = screen(round_shown(snapshot, "closed", ballots=(few, enough)), WORDS["en"])
    assert [len(bars.shares) for bars in told.bars] == [0, 3]
    assert told.notice == "Too few votes to show how they went."
    assert [share.told for share in told.bars[1].shares] == ["> 95%", "< 5%", "< 5%"]
    assert screen(round_shown(snapshot, "closed", ballots=(enough,)), WORDS["en"]).notice == ""


@pytest.mark.parametrize("state", ["shown", "open"])
def test_no_vote_is_shown_before_it_is_closed(state: State) -> None:
    """The first one neither, while the second is under way."""
    snapshot = Snapshot(sample(), ())
    told = screen(round_shown(snapshot, state, ballots=(Ballot(20, {0: 20}),)), WORDS["en"])
    assert (told.bars, told.notice) == ((), "")


def test_votes_are_shown_when_the_presenter_says_so() -> None:
    """Not by closing alone."""
    now = round_shown(
        Snapshot(sample(), ()), "closed", ballots=(Ballot(9, {0: 9}),), votes_shown=False
    )
    assert screen(now, WORDS["en"]).bars == ()


def test_what_happened_since_stands_apart_from_what_was_told_before() -> None:
    """News of earlier questions joins the story; a figure stays until another comes."""
    case = shipped_library().cases["salicylate-acid-base"]
    snapshot = shipped_library().snapshot(case)
    first, second = (screen(round_shown(snapshot, "shown", n), WORDS["en"]) for n in (0, 1))
    assert (first.place, second.place) == ("Question 1 of 2", "Question 2 of 2")
    assert (first.reveal, bool(second.reveal)) == ((), True)
    assert first.vignette == second.vignette
    assert [each.sha256 for each in second.figures] == [each.sha256 for each in first.figures]


def test_links_are_text_and_citations_are_left_out() -> None:
    """Nobody can follow them on a wall."""
    choices = [{"text": "A", "correct": True, "why": "Since *so* [1,2]."}, {"text": "B"}]
    case = sample(
        vignette="See [the map](https://example.org/map).",
        questions=[question_data(choices=choices)],
    )
    told = screen(round_shown(Snapshot(case, ()), "revealed", votes_shown=False), WORDS["en"])
    assert "example.org" not in written(told)
    assert [piece.text for piece in told.vignette[0]] == ["See ", "the map", "."]
    assert told.answer is not None
    ((why,),) = told.answer.whys
    assert [piece.text for piece in why] == ["Since ", "so", "."]
