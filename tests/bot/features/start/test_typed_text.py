"""What comes of a text in private."""

import pytest

from bot.base.time_units import HOUR_MS
from bot.features.finding.find_case import ask_for_words, find_case
from bot.features.start.typed_text import take_text, unknown_command
from bot.services import Services
from content.figure_bytes import FigureBytes
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome
from tests.bot.features.cases.test_open_case import ada, answer_case, posted
from tests.storage.samples import ADA
from tests.support.served_chats import button_rows, later, said
from tests.support.services import commit


async def typed(services: Services, text: str) -> tuple[list[tuple[str, str]], Outcome]:
    """The commands that a text of Ada's runs, and what else comes of it."""
    done = []

    async def run(name: str, argument: str) -> Outcome:
        done.append((name, argument))
        return Outcome()

    return done, await take_text(services, await ada(services), text, run)


@pytest.mark.parametrize(
    ("text", "command"),
    [("next", ("case", "")), ("case ecg", ("case", "ecg")), ("stop", ("daily", "off"))],
)
async def test_a_command_needs_no_slash(
    services: Services, text: str, command: tuple[str, str]
) -> None:
    """It does what the command does."""
    done, outcome = await typed(services, text)
    assert done == [command]
    assert outcome == Outcome()


async def test_other_words_find_a_case(services: Services) -> None:
    """A topic, or a title; what finds nothing is answered."""
    for text in ("rheumatology", "joints", "Made case 4"):
        done, outcome = await typed(services, text)
        assert done == []
        assert len(posted(outcome)) == 1
    await answer_case(services, "made-4")
    _, outcome = await typed(services, "reason choice")
    assert "can't hold a conversation" in said(outcome.owed[0])
    _, outcome = await typed(services, "What is the dose of aspirin?")
    assert "can't hold a conversation" in said(outcome.owed[0])


@pytest.mark.parametrize(("after", "is_taken"), [(HOUR_MS, True), (HOUR_MS + 1, False)])
async def test_what_was_asked_for_comes_first(
    services: Services, after: int, is_taken: bool
) -> None:
    """For an hour, whatever else the words could mean."""
    at = services.clock.now()
    await commit(services, Outcome((CommandAwaited(ADA, "daily 07:30", at),)))
    later(services, after)
    done, _ = await typed(services, "next")
    assert done == ([("daily", "07:30 next")] if is_taken else [("case", "")])


async def test_words_to_find_are_asked_for(services: Services) -> None:
    """Where `/find` stands alone."""
    outcome = await commit(services, ask_for_words(services, await ada(services)))
    assert "What shall I find?" in said(outcome.owed[0])
    done, _ = await typed(services, "joints")
    assert done == [("find", "joints")]


async def test_what_is_found_comes_at_once_or_as_buttons(services: Services) -> None:
    """One case at once; of several, as many as are quickly read."""
    who = await ada(services)
    assert posted(await find_case(services, who, "case 2")) == ["made-2"]
    (call,) = (await find_case(services, who, "made")).owed
    assert said(call) == "<b>Which one?</b>"
    assert len(button_rows(call)) == len(services.library.cases)
    many = {
        f"c-{n}": case.model_copy(update={"id": f"c-{n}"})
        for n in range(12)
        for case in [services.library.cases["made-1"]]
    }
    services.library = type(services.library)(many, (), {}, {}, FigureBytes())
    (call,) = (await find_case(services, who, "made")).owed
    assert "These are the first 10 of 12" in said(call)
    assert len(button_rows(call)) == 10
    (call,) = (await find_case(services, who, "atlantis")).owed
    assert "I have no case and no topic of that name." in said(call)


async def test_a_mistyped_command_is_a_press_away(services: Services) -> None:
    """With what stood after it; where that is too long for a button, there is none."""
    who = await ada(services)
    (call,) = unknown_command(who, "/csae ecg", ["case", "daily"]).owed
    assert said(call).endswith("Do you mean this one?")
    assert button_rows(call) == [[{"text": "/case ecg", "callback_data": "run:case ecg"}]]
    for text in ("/csae " + "x" * 60, "/nonsense"):
        (call,) = unknown_command(who, text, ["case", "daily"]).owed
        assert button_rows(call)[0][0]["callback_data"] == "next"
