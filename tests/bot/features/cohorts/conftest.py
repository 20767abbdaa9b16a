"""A bot with two administrators, an educator, and what people do about her cohort."""

from typing import Any

import pytest

from bot.features.cohorts import join
from bot.features.cohorts.cohort_buttons import CohortPress, CohortVerb, How, JoinPress
from bot.features.cohorts.cohort_presses import press
from bot.features.cohorts.invitation import invitation_of, link_for_educator, link_for_members
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from bot.settings import Settings
from storage.cohort_facts import CohortJoined, CohortMade, RoleAsked, RoleDecided
from storage.cohorts import EDUCATOR, CohortPerson
from storage.facts import Fact, PersonMet
from storage.outcome import Outcome, OwedCall
from tests.content.html_reader import read_html
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import commit

CLEO, DAN, ROOT, INES = BEN + 1, BEN + 2, BEN + 3, BEN + 4
NAMES = {ADA: "Ada", BEN: "Ben", CLEO: "Cleo", DAN: "Dan", ROOT: "Root", INES: "Inés"}
COHORT = 7
MESSAGE = 9


@pytest.fixture
async def services(services: Services) -> Services:
    """Root and Inés administer it, and have written to it; Ada is approved and teaches a cohort."""
    services.settings = Settings(admins=frozenset({ROOT, INES}))
    people = (PersonMet(one, "en", NOW) for one in NAMES)
    await record(services, *people, *approval(ADA), CohortMade(COHORT, "Interns", "UTC", NOW))
    await record(services, educator(ADA))
    return services


async def record(services: Services, *facts: Fact) -> None:
    """These things happened."""
    await commit(services, Outcome(facts))


def approval(person_id: int) -> tuple[Fact, Fact]:
    """Root approves somebody."""
    return (
        RoleAsked(person_id, EDUCATOR, NAMES[person_id], None, NOW),
        RoleDecided(person_id, EDUCATOR, True, ROOT, "Root", NOW),
    )


def educator(person_id: int) -> CohortJoined:
    """Somebody teaches the cohort."""
    return CohortJoined(COHORT, person_id, EDUCATOR, NAMES[person_id], None, True, 0, NOW)


def member(person_id: int, name: str = "", *, named: bool = True) -> CohortJoined:
    """Somebody is a member of it."""
    name = name or NAMES[person_id]
    return CohortJoined(COHORT, person_id, "member", name, None, named, 1, NOW)


async def visit(services: Services, person_id: int, **details: Any) -> Visit:
    """A person comes, as Telegram names them."""
    name = details.pop("name", NAMES.get(person_id, ""))
    return await receive(services, Visitor(person_id, "en", name, **details))


async def pressed(
    services: Services, person_id: int, verb: CohortVerb, ref: int = COHORT, number: int = 0
) -> Outcome:
    """Somebody presses a button about a cohort, or about an educator."""
    who = await visit(services, person_id)
    done = await press(services, who, CohortPress(verb, ref, number), MESSAGE)
    return await commit(services, done)


async def link(services: Services, most: int = 50) -> str:
    """The token of a new link for members."""
    made = link_for_members(services, COHORT, ADA, most)
    await record(services, made)
    return made.token


async def teaching_link(services: Services, *, hands_over: bool = False) -> str:
    """The token of a new link for an educator."""
    made = link_for_educator(services, COHORT, ADA, hands_over=hands_over)
    await record(services, made)
    return made.token


async def opened(services: Services, person_id: int, token: str, **details: Any) -> str:
    """What somebody reads who opens a link."""
    done = await join.open_link(services, await visit(services, person_id, **details), token)
    assert {type(fact) for fact in done.facts} <= {PersonMet}
    (call,) = done.owed
    return text_of(call)


async def shown(services: Services, token: str) -> str:
    """What a page of the invitation has in its buttons, if the link is good."""
    invitation = await invitation_of(services, token)
    return "" if invitation is None else invitation.shown


async def accepted(
    services: Services, person_id: int, how: How, token: str, was_shown: str | None = None
) -> Outcome:
    """Somebody presses a button under an invitation."""
    was_shown = await shown(services, token) if was_shown is None else was_shown
    answer = JoinPress(how, was_shown, token)
    return await commit(
        services, await press(services, await visit(services, person_id), answer, MESSAGE)
    )


async def in_cohort(services: Services, person_id: int) -> CohortPerson | None:
    """Somebody's row in it."""
    return await services.store.cohorts.person(COHORT, person_id)


def text_of(call: OwedCall) -> str:
    """What a message says."""
    text, _ = read_html(call.params.get("text", call.params.get("caption", "")))
    return text


def texts(outcome: Outcome) -> str:
    """All that is said."""
    said = [text_of(call) for call in outcome.owed]
    return "\n".join([*said, outcome.toast.text if outcome.toast else ""])


def told(outcome: Outcome, person_id: int) -> str:
    """What one person is told."""
    return "\n".join(text_of(call) for call in outcome.owed if call.chat_id == person_id)


def labels(call: OwedCall) -> list[str]:
    """The buttons under a message."""
    rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
