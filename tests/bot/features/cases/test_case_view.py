"""Cases before a chat: each question with its own figures, or one question alone."""

from pathlib import Path
from typing import Any

import pytest

from bot.base.i18n import Languages
from bot.features.cases.case_preview_view import case_preview
from bot.features.cases.case_view import Destination, again, next_question, opening
from bot.features.posts.post_view import Put, question_calls
from bot.features.shared.chat_settings import ChatSettings, Layout
from content.layout import fits_one_message
from content.library import Library
from content.one_question_case import alone
from content.snapshot import Snapshot
from storage.outcome import OwedCall
from tests.content.variants import FIRST, SECOND, each_alone, figure, varied_library
from tests.support.library import shipped_library

WORDS = Languages.load().choose(None, None)
PLACE = Destination(7, 11)
LONG = "A long story. " * 80


def snapshot_of(library: Library) -> Snapshot:
    """The case as it is posted."""
    return library.snapshot(library.cases["hard-lumps"])


def seen(library: Library, calls: list[OwedCall] | tuple[OwedCall, ...]) -> list[str]:
    """The methods of calls, each with the figures that it shows, by name."""
    names = {sha256: name for name, sha256 in library.figure_hashes("hard-lumps").items()}
    return [
        " ".join((call.method, *(names[sha256] for sha256 in _hashes(call.params))))
        for call in calls
    ]


def _hashes(value: Any) -> list[str]:
    if isinstance(value, dict):
        inner = [found for item in value.values() for found in _hashes(item)]
        return [value["$figure"]] if "$figure" in value else inner
    return [found for item in value for found in _hashes(item)] if isinstance(value, list) else []


def test_a_later_question_shows_its_figure_in_its_poll(tmp_path: Path) -> None:
    """With its caption below what it reveals; the case's own is not shown again."""
    library = varied_library(tmp_path)
    calls = next_question(snapshot_of(library), 1, PLACE, WORDS)
    assert seen(library, calls) == ["sendPoll ulcer.png"]
    said = str(calls[0].params["description"])
    assert said.endswith("They ulcerate.\n\n<i>Seen: ulcer.</i>")


def test_figures_that_do_not_fit_go_ahead(tmp_path: Path) -> None:
    """Several, or one beside a long text; the poll replies to the last of what went ahead."""
    (tmp_path / "two").mkdir()
    two = varied_library(
        tmp_path / "two",
        questions=[FIRST, SECOND | {"figures": [figure("ulcer"), figure("man")]}],
    )
    calls = next_question(snapshot_of(two), 1, PLACE, WORDS)
    assert seen(two, calls) == ["sendMediaGroup ulcer.png man.png", "sendPoll"]
    assert calls[1].reply_to == 0
    assert "Seen" not in str(calls[1].params["description"])
    (tmp_path / "long").mkdir()
    long = varied_library(tmp_path / "long", questions=[FIRST, SECOND | {"reveal": LONG}])
    calls = next_question(snapshot_of(long), 1, PLACE, WORDS)
    assert seen(long, calls) == ["sendPhoto ulcer.png", "sendMessage", "sendPoll"]
    assert calls[0].params["caption"] == "<i>Seen: ulcer.</i>"
    assert calls[2].reply_to == 1


def test_the_first_question_s_figure_comes_with_the_case_s(tmp_path: Path) -> None:
    """Both before the poll; where the case has none, it is in the poll."""
    own = FIRST | {"figures": [figure("view")]}
    (tmp_path / "both").mkdir()
    both = varied_library(tmp_path / "both", questions=[own, SECOND])
    calls = opening(snapshot_of(both), PLACE)
    assert seen(both, calls) == ["sendMediaGroup lumps.png view.png", "sendMessage", "sendPoll"]
    (tmp_path / "one").mkdir()
    one = varied_library(tmp_path / "one", questions=[own, SECOND], figures=[])
    assert seen(one, opening(snapshot_of(one), PLACE)) == ["sendPoll view.png"]


def test_a_case_that_is_put_again_shows_all_that_was_shown(tmp_path: Path) -> None:
    """The figures up to the question that waits, in their order."""
    library = varied_library(tmp_path)
    calls = again(snapshot_of(library), 1, PLACE)
    assert seen(library, calls) == ["sendPhoto lumps.png", "sendMessage", "sendPoll ulcer.png"]


@pytest.mark.parametrize("layout", Layout)
def test_a_chat_sees_a_later_question_s_figure(tmp_path: Path, layout: Layout) -> None:
    """In a poll, and in a post with buttons, whose text is the picture's caption."""
    library = varied_library(tmp_path)
    put = Put(snapshot_of(library), 1, PLACE, layout, (0, 1, 2))
    calls = question_calls(put, ChatSettings(layout=layout), WORDS, broadcast=True)
    buttons = layout is Layout.BUTTONS
    assert seen(library, calls) == [f"{'sendPhoto' if buttons else 'sendPoll'} ulcer.png"]
    said = str(calls[0].params["caption" if buttons else "description"])
    assert "They ulcerate.\n\n<i>Seen: ulcer.</i>" in said


def test_a_post_with_buttons_sends_a_figure_ahead_of_a_long_text(tmp_path: Path) -> None:
    """With its caption, which the text does not repeat."""
    library = varied_library(tmp_path, questions=[FIRST, SECOND | {"reveal": LONG}])
    put = Put(snapshot_of(library), 1, PLACE, Layout.BUTTONS, (0, 1, 2))
    settings = ChatSettings(layout=Layout.BUTTONS)
    calls = question_calls(put, settings, WORDS, broadcast=True)
    assert seen(library, calls) == ["sendPhoto ulcer.png", "sendMessage"]
    assert "Seen: ulcer." not in str(calls[1].params["text"])


def test_an_administrator_looks_at_each_figure_where_it_comes(tmp_path: Path) -> None:
    """Variants are for reviews, and no part of what will come to the chat."""
    library = varied_library(tmp_path)
    calls = case_preview(5, snapshot_of(library), (), WORDS)
    shown = [each for each in seen(library, calls) if each != "sendMessage"]
    assert shown == ["sendPhoto lumps.png", "sendPhoto ulcer.png"]
    assert "boy of 9" not in str(calls)


def test_a_variant_is_posted_as_a_case_of_one_question(tmp_path: Path) -> None:
    """Its own story, picture, words and key point; nothing of the case's own patient."""
    library = varied_library(tmp_path)
    whole = library.cases["hard-lumps"]
    calls = opening(library.snapshot(alone(whole, 1, "man"), "man"), PLACE)
    assert seen(library, calls) == ["sendPoll man.png"]
    params = calls[0].params
    assert "A man of 70 has ulcers" in str(params["description"])
    assert "woman" not in str(params)
    assert [option["text"] for option in params["options"]] == ["Cut them out", "Wait"]
    assert params["explanation"] == "Small ones can be cut out."


@pytest.mark.parametrize("case_id", sorted(shipped_library().cases))
def test_every_wording_can_be_posted_by_itself(case_id: str) -> None:
    """Of every shipped case, each question and each variant ends in its own poll."""
    library = shipped_library()
    for told in each_alone(library.cases[case_id]):
        snapshot = library.snapshot(told)
        assert len(snapshot.figures) == len(told.figures)
        *before, poll = opening(snapshot, PLACE)
        assert bool(before) is not fits_one_message(told)
        assert poll.params["question"] == told.questions[0].prompt
