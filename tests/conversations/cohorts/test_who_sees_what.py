"""Who may see or do what of a cohort: each role before each view, by command and forged press."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.features.assignments.assignment_buttons import AssignmentPress
from bot.features.assignments.assignment_buttons import AssignmentVerb as Task
from bot.features.assignments.assignment_draft import AssignmentDraft
from bot.features.cohorts.cohort_buttons import CohortPress, CohortVerb
from bot.features.cohorts.members_view import number_of
from bot.features.sittings.sitting_buttons import SittingPress
from bot.features.sittings.sitting_buttons import SittingVerb as Sit
from bot.sandbox.server import SandboxServer
from bot.scheduling.wall_time import wall
from bot.scheduling.zones import zone_named
from bot.settings import Settings
from content.library import load_library
from storage.assignment_facts import AssignedTo, AssignmentDrafted, AssignmentOpened
from storage.cohort_facts import (
    CohortClosed,
    CohortJoined,
    CohortLeft,
    CohortMade,
    LinkMade,
    RoleAsked,
    RoleDecided,
)
from storage.cohorts import CohortPerson
from storage.facts import Fact, PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.support.bot import running_bot
from tests.support.cohorts import COHORT, TITLE, set_up_assignment, set_up_cohort
from tests.support.database import meddle, query
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import says
from tests.support.services import services_at
from tests.support.trouble import settled, unconfirmed, until

WORK = 71
OTHER = 42  # another cohort
TOKEN = "a-token-of-a-link"

EDUCATORS = frozenset({"co-educator", "educator"})
MEMBERS = frozenset({"named member", "member under an alias"})
ADA = frozenset({"named member"})
NO_MORE = ("educator who left", "educator who handed over", "educator whose approval went")
OUTSIDE = (
    "stranger",
    "administrator",
    "educator of another cohort",
    "member who left",
    "member who was removed",
    "member of a closed cohort",
    *NO_MORE,
)
# Educators come last: what they may do ends it all.
ROLES = (*sorted(MEMBERS), *OUTSIDE, *sorted(EDUCATORS))
EVERYBODY = frozenset(ROLES)


class Act(Struct, frozen=True):
    """What somebody sends or presses; ``may``, and only they, are told this. ``last``: it is done
    by the educator alone, since nothing is as before.
    """

    sent: str
    may: frozenset[str]
    told: str
    last: bool = False


def cohort(verb: CohortVerb, told: str, number: int = 0, *, last: bool = False) -> Act:
    """A press of an educator about the cohort."""
    return Act(str(CohortPress(verb, COHORT, number)), EDUCATORS, told, last)


def task(
    verb: Task,
    told: str,
    value: str = "",
    may: frozenset[str] = EDUCATORS,
    *,
    last: bool = False,
) -> Act:
    """A press about the assignment."""
    return Act(str(AssignmentPress(WORK, verb, value)), may, told, last)


def acts(settings: Settings, people: Mapping[str, Person]) -> list[Act]:
    """The table."""
    ((name, at),) = query(
        settings.database, "SELECT name, joined_at FROM cohort_people WHERE NOT named"
    )
    alias = number_of(CohortPerson(COHORT, 0, "member", name, None, False, 1, at))
    ((sitting,),) = query(settings.database, "SELECT id FROM sittings")
    ((due,),) = query(settings.database, "SELECT due_at / 60000 FROM assignments")
    later = wall(settings.clock.now(), zone_named("UTC")).date() + timedelta(days=30)
    return [
        Act(f"/start co_{TOKEN}", EVERYBODY, TITLE),
        Act("/cohorts", MEMBERS | EDUCATORS, TITLE),
        task(Task.SEE, f"Work {WORK}", may=MEMBERS),
        task(Task.DO, "Question 1 of", may=MEMBERS),
        Act(str(SittingPress(sitting, Sit.OVERVIEW)), ADA, "0 of 3 answered"),
        Act(str(SittingPress(sitting, Sit.CHOOSE, 0, 1)), ADA, "● "),
        Act(str(SittingPress(sitting, Sit.WHY)), frozenset(), ""),
        Act(str(SittingPress(sitting, Sit.HAND_IN)), ADA, "Handed in."),
        Act(f"/cohort {COHORT}", EDUCATORS, "2 members"),
        Act(f"/report {COHORT}", EDUCATORS, f"Report: {TITLE}"),
        Act(f"run:cohort {COHORT}", EDUCATORS, "2 members"),
        Act(f"/assign {COHORT}", EDUCATORS, f"Work {WORK}"),
        cohort(CohortVerb.SHOW, "2 members"),
        cohort(CohortVerb.LINK, TOKEN),
        cohort(CohortVerb.PEOPLE, f"P{people['named member'].id}"),
        cohort(CohortVerb.PERSON, "Remove this member?", alias),
        cohort(CohortVerb.RENAME, "Write the cohort's title"),
        cohort(CohortVerb.CLOSE, "Close this cohort?"),
        cohort(CohortVerb.ADD, "teach the cohort with you"),
        cohort(CohortVerb.HAND_OVER, "take the cohort over"),
        cohort(CohortVerb.REPORT, "No report on Mondays", 1),
        cohort(CohortVerb.MOST, "How many people may join"),
        cohort(CohortVerb.MOST, "of 200 have joined", 200),
        task(Task.PAGE, "Try it"),
        task(Task.TRY, "Question 1 of"),
        task(Task.TYPED, "Until when?"),
        task(Task.CANCEL, f"Cancel “Work {WORK}”?"),
        Act(f"assign:new:{COHORT:x}", EDUCATORS, "New assignment for"),
        Act("assign:size:20", EDUCATORS, "New assignment for"),
        Act("assign:due:typed", EDUCATORS, "By when is it due?"),
        Act("assign:codes:", EDUCATORS, "Write the codes"),
        Act("/assign due 2020-01-01", EDUCATORS, "That is past."),
        task(Task.EXTEND, "Who has not finished is told.", f"{due:x}-1", last=True),
        Act(f"/assign extend {WORK} {later}", EDUCATORS, "Try it", last=True),
        task(Task.REMIND, "reminded now", last=True),
        Act("assign:make", EDUCATORS, "Try it", last=True),
        task(Task.VOID, "Cancelled:", last=True),
        cohort(CohortVerb.RENEW, "0 of 200 have joined", last=True),
        cohort(CohortVerb.REMOVE, "1 member", alias, last=True),
        Act(f"/cohort rename {COHORT} Fellows", EDUCATORS, "Fellows", last=True),
        cohort(CohortVerb.CLOSED, "Closed on", last=True),
    ]


async def set_up(server: SandboxServer, settings: Settings, people: Mapping[str, Person]) -> None:
    """The cohort with its assignment, another one, and one that is closed."""
    now = settings.clock.now()
    ids = {role: person.id for role, person in people.items()}
    store = await Store.open(settings.database, now)
    services = services_at(now, store, load_library(*settings.case_folders))

    async def record(*facts: Fact) -> None:
        await store.ledger.commit([Entry(Outcome(facts))], now)

    def joined(role: str, as_a: str, number: int = COHORT) -> CohortJoined:
        return CohortJoined(number, ids[role], as_a, f"<P{ids[role]}>", None, True, 1, now)

    try:
        await set_up_cohort(
            store,
            now,
            [ids[role] for role in sorted(EDUCATORS)],
            [ids["named member"]],
            [ids["member under an alias"]],
        )
        await set_up_assignment(services, WORK, "exam", explained="after_due")
        given = [AssignedTo(WORK, ids[role], now + 7 * DAY_MS, None) for role in MEMBERS]
        link = LinkMade(TOKEN, COHORT, "member", False, ids["educator"], now, now + DAY_MS, 50)
        await record(AssignmentOpened(WORK, now), *given, link)
        await record(
            *(CohortMade(number, "Others", "UTC", now) for number in (OTHER, OTHER + 1)),
            *(PersonMet(one, "en", now) for one in ids.values()),
            *(joined(role, "educator") for role in NO_MORE),
            *(joined(role, "member") for role in ("member who left", "member who was removed")),
            joined("educator of another cohort", "educator", OTHER),
            joined("member of a closed cohort", "member", OTHER + 1),
            *(RoleAsked(ids[role], "educator", "E", None, now) for role in (*NO_MORE, *EDUCATORS)),
        )
        await record(
            *(
                RoleDecided(ids[role], "educator", role != NO_MORE[2], 1, "Root", now)
                for role in (*NO_MORE, *EDUCATORS)
            )
        )
        gone = (*NO_MORE, "member who left", "member who was removed")
        await record(
            *(CohortLeft(COHORT, ids[role]) for role in gone),
            CohortClosed(OTHER + 1, now),
            *(
                AssignmentDrafted(ids[role], AssignmentDraft(COHORT).to_json(), now)
                for role in ROLES
            ),
        )
    finally:
        await store.close()


class Room(Struct, frozen=True):
    """Where people do these things, and what is seen of it."""

    server: SandboxServer
    sandbox: SandboxClient
    settings: Settings

    async def told(self, people: Sequence[Person], sent: str) -> list[str]:
        """Each of them writes a command, or presses what no message of theirs has: all they get."""
        calls = await self.sandbox.traffic()
        before = calls[-1]["seq"] if calls else 0
        answers = await asyncio.gather(*(self._sends(one, sent) for one in people))

        async def confirmed() -> bool:
            return unconfirmed(self.server) == 0

        await until(confirmed)
        await settled(self.settings.database)
        calls = [call["params"] for call in await self.sandbox.traffic(after=before)]
        return [
            str([answer, *(call for call in calls if call.get("chat_id") == person.id)])
            for person, answer in zip(people, answers, strict=True)
        ]

    async def _sends(self, person: Person, sent: str) -> dict[str, Any] | None:
        if sent.startswith("/"):
            await person.send(sent)
            return None
        message = [one for one in await person.messages() if says("")(one) and "text" in one][-1]
        buttons = self.server._world.histories[person.id].buttons
        buttons.setdefault(message["message_id"], set()).add(sent)
        return await person.press(message, sent)

    def state(self) -> list[object]:
        """All of the cohort that people change, and time does not."""
        return [
            query(self.settings.database, f"SELECT {what} WHERE {where}")
            for what, where in (
                ("* FROM cohorts", f"id = {COHORT}"),
                ("* FROM cohort_people", f"cohort_id = {COHORT}"),
                ("* FROM cohort_links", f"cohort_id = {COHORT}"),
                ("* FROM cohort_counts", f"cohort_id = {COHORT}"),
                ("id, due_at, cancelled_at, reminded_at FROM assignments", f"cohort_id = {COHORT}"),
                ("person_id, due_at FROM assigned_people", f"assignment_id = {WORK}"),
                (
                    "id, state, shown FROM sittings",
                    f"assignment_id = {WORK} ORDER BY begun_at LIMIT 1",
                ),
            )
        ]


@pytest.mark.long
async def test_each_role_sees_what_is_its_own(
    server: SandboxServer, sandbox: SandboxClient, staff: list[Person], settings: Settings
) -> None:
    """Whoever may not is told nothing of the cohort, and changes nothing in it."""
    people = {role: await sandbox.person("P", language_code="en") for role in ROLES}
    people["administrator"] = staff[0]
    await set_up(server, settings, people)
    room, wrong = Room(server, sandbox, settings), list[str]()
    async with running_bot(settings):
        for person in people.values():
            await person.send("/start")
        await asyncio.gather(*(one.wait_for(says("Good morning")) for one in people.values()))
        await room.told([people["named member"]], str(AssignmentPress(WORK, Task.DO)))
        # However slow the machine, her exam does not end by itself.
        longer = f"UPDATE sittings SET warn_at = NULL, deadline = deadline + {DAY_MS}"
        await asyncio.to_thread(meddle, settings.database, longer)

        def tells(role: str, text: str) -> bool:
            """Whether this tells of the cohort, or to a member of another."""
            of_it = [] if role in MEMBERS | EDUCATORS else [TITLE, f"Work {WORK}"]
            others = MEMBERS - {role} if role not in EDUCATORS else ()
            return any(word in text for word in (*of_it, *(f"P{people[one].id}" for one in others)))

        for act in acts(settings, people):
            before = room.state()
            others = [role for role in people if role not in act.may]
            told = await room.told([people[role] for role in others], act.sent)
            if room.state() != before:
                wrong.append(f"{act.sent} changed something")
            for role, text in zip(others, told, strict=True):
                if tells(role, text) or (act.told and act.told in text):
                    wrong.append(f"{role}, {act.sent}: {text}")
            may = ["educator"] if act.last else sorted(act.may)
            told = await room.told([people[role] for role in may], act.sent)
            for role, text in zip(may, told, strict=True):
                if act.told not in text or (role in MEMBERS and tells(role, text)):
                    wrong.append(f"{role}, {act.sent}: {text}")
    assert wrong == []
