"""Asking for one part of a case after the other: which comes next, and what can be chosen."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.parts import OF_QUESTION, STEPS, WantedPart
from bot.features.drafts.steps import ask, go_back, go_on, options
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.drafting import from_case
from storage.outcome import Outcome
from tests.content.samples import case
from tests.storage.samples import ADA
from tests.support.authors import DRAFT, at_kept, awaited, keep_draft, make_authors, texts
from tests.support.served_chats import button_rows
from tests.support.services import commit

QUESTION = {
    "prompt": "What?",
    "choices": [{"text": "Fat", "why": "Soft."}, {"text": "Urate", "correct": True, "why": "Hot."}],
    "key_point": "It hurts.",
}
REFERENCE = {"title": "Gout", "authors": ["Ada B"], "journal": "Lancet", "year": 2000}
WHOLE = {
    **from_case(case()),
    "questions": [QUESTION],
    "discussion": [{"heading": "Gout", "text": "It hurts."}],
    "references": [REFERENCE],
}


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada is an author."""
    await make_authors(services, ADA)
    return services


async def draft(services: Services, without: str = "", **more: Any) -> None:
    """Her draft is whole but for a part."""
    base = {key: value for key, value in WHOLE.items() if key != without}
    if without in OF_QUESTION:
        choices = QUESTION["choices"]
        assert isinstance(choices, list)
        dropped = {"correct": "correct", "whys": "why"}.get(without)
        left = [{key: one[key] for key in one if key != dropped} for one in choices]
        question = {**QUESTION, "choices": left}
        base["questions"] = [{key: question[key] for key in question if key != without}]
    await keep_draft(services, read=True, base=base, **more)


async def after(services: Services, part: str) -> WantedPart | None:
    """What is waited for after this part was given or skipped."""
    await commit(services, await go_on(await at_kept(services), part))
    return await awaited(services)


@pytest.mark.parametrize("part", [one for one in STEPS if one not in {"picture", "choices"}])
async def test_what_is_missing_is_asked_for(services: Services, part: str) -> None:
    """Whichever it is; what is there is not."""
    await draft(services, without=part)
    assert await after(services, "") == WantedPart(part, DRAFT)


async def test_a_picture_is_asked_for_behind_the_vignette_alone(services: Services) -> None:
    """A case can do without one."""
    await draft(services)
    assert await after(services, "vignette") == WantedPart("picture", DRAFT)
    assert await after(services, "") is None


async def test_what_was_skipped_is_asked_for_the_next_time_round(services: Services) -> None:
    """What comes behind it is asked for first; and a reference that does not say where it was."""
    await keep_draft(
        services, read=True, base={**WHOLE, "title": "", "references": [{"doi": "10.1/x"}]}
    )
    assert await after(services, "title") == WantedPart("references", DRAFT)
    assert await after(services, "references") is None
    assert await after(services, "") == WantedPart("title", DRAFT)


async def test_at_the_end_the_case_is_shown(services: Services) -> None:
    """As learners will meet it, with its page below; looked at from the page it is the page."""
    await draft(services)
    done = await go_on(await at_kept(services), "licence")
    assert [call.method for call in done.owed].count("sendPoll") == 1
    done = await go_on(await at_kept(services))
    assert [call.method for call in done.owed] == ["sendMessage"]


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("title", None),
        ("vignette", "title"),
        ("licence", "authors"),
        ("language", None),
        ("x", None),
    ],
)
async def test_one_goes_back_a_step(services: Services, before: str, wanted: str | None) -> None:
    """Also to what is there; before the first, and from what is no step, stands the page."""
    await draft(services)
    await commit(services, await go_back(await at_kept(services), before))
    assert await awaited(services) == (WantedPart(wanted, DRAFT) if wanted else None)


@pytest.mark.parametrize(
    ("part", "offered"),
    [
        ("correct", ["Fat", "Urate"]),
        ("level", ["student", "resident", "fellow"]),
        ("licence", ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0"]),
        ("language", ["en", "es", "fr"]),
        ("authors", ["Ada"]),
        ("title", []),
    ],
)
async def test_what_can_be_chosen(services: Services, part: str, offered: list[str]) -> None:
    """Its own choices, the levels, licences and languages that there are, its author's name."""
    await draft(services)
    assert sorted(options(await at_kept(services), part)) == sorted(offered)


async def test_of_a_question_that_is_not_there_nothing_can_be_chosen(services: Services) -> None:
    """By an old button."""
    await draft(services)
    assert options(await at_kept(services), "correct", 5) == []


async def test_who_has_no_name_is_offered_none(services: Services) -> None:
    """One that cannot be seen is none."""
    await draft(services)
    at = await at_kept(services)
    nameless = await receive(services, Visitor(ADA, "en", "\u200b"))
    assert options(replace(at, who=nameless), "authors") == []


async def asked(services: Services, part: str) -> Outcome:
    """What is asked for a part."""
    return await commit(services, ask(await at_kept(services), part))


async def test_the_reasons_are_asked_for_beside_the_choices(services: Services) -> None:
    """And what is there is shown, to be changed."""
    await draft(services)
    told = texts(await asked(services, "whys"))
    for words in ("A. Fat", "B. Urate", "A. Soft."):
        assert words in told
    assert "Hard lumps" in texts(await asked(services, "title"))


async def test_pictures_that_there_are_are_listed(services: Services) -> None:
    """Instead of being asked for: another one is a button away."""
    await draft(services, pictures=(DraftPicture(1, 0, "AgAC", 60, caption="A hand."),))
    done = await asked(services, "picture")
    assert await awaited(services) is None
    assert len(button_rows(done.owed[0])) > 1
    await draft(services)
    await asked(services, "picture")
    assert await awaited(services) == WantedPart("picture", DRAFT)
