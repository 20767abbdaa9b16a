"""Assignments from /assign to their closing, as educator and members meet them in their chats."""

import time
from typing import NamedTuple

import pytest

from bot.base.time_units import DAY_MS
from bot.settings import Settings
from content.codes import case_code
from storage.cohort_facts import LinkMade
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.support.bot import running_bot
from tests.support.cohorts import COHORT, set_up_cohort
from tests.support.database import query
from tests.support.library import TWO_CASES
from tests.support.practising import has, press, shows, worded
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, is_poll, says
from tests.support.stepped_clock import SteppedClock

CASE_WORDS = "Your cohort has something to do:"


@pytest.fixture
def clock() -> SteppedClock:
    """Of bot and sandbox alike; what falls due is looked for every other second."""
    now = time.time()
    return SteppedClock(now, 30, now)


class Cohort(NamedTuple):
    """An educator, and members who have met the bot."""

    eve: Person
    ada: Person
    ben: Person


@pytest.fixture
async def cohort(sandbox: SandboxClient, settings: Settings) -> Cohort:
    """Furnished before the bot starts."""
    people = [await sandbox.person(name, language_code="en") for name in ("Eve", "Ada", "Ben")]
    eve, ada, ben = (person.id for person in people)
    now = settings.clock.now()
    store = await Store.open(settings.database, now)
    try:
        await set_up_cohort(store, now, [eve], [ada], [ben])
    finally:
        await store.close()
    for person in people:
        await person.send("/start")
    return Cohort(*people)


async def step(clock: SteppedClock, ms: int) -> None:
    """So much later."""
    clock.step_to(clock.now() + ms)


async def draft(eve: Person, *labels: str) -> Message:
    """What Eve is about to assign, once she has pressed these."""
    listed = await asked(eve, "/assign", "Assignments")
    await press(eve, listed, "New assignment")
    page = await eve.wait_for(shows("New assignment for"), after=listed["message_id"] - 1)
    for label in labels:
        await press(eve, page, label)
        page = await eve.wait_for(has(f"✓ {label}"), after=page["message_id"] - 1)
    return page


async def assign(eve: Person, *labels: str) -> Message:
    """Eve assigns; the assignment's page."""
    page = await draft(eve, *labels)
    await press(eve, page, "Assign")
    return await eve.wait_for(has("Try it"), after=page["message_id"] - 1)


async def given(member: Person) -> Message:
    """What a member is told of it."""
    return await member.wait_for(shows(CASE_WORDS))


async def refreshed(eve: Person, page: Message) -> Message:
    """The assignment's page as it is now."""
    listed = await asked(eve, "/assign", "Assignments")
    label = next(label for label in buttons(listed) if "2 cases" in label)
    await press(eve, listed, label)
    return await eve.wait_for(has("Try it"), after=listed["message_id"] - 1)


async def test_a_session_is_assigned_done_and_closed(
    settings: Settings, cohort: Cohort, clock: SteppedClock
) -> None:
    """Each case is explained at once; the educator sees who of the named is done, and its end."""
    eve, ada, _ = cohort
    async with running_bot(settings):
        page = await assign(eve, "Due in a week")
        card = await given(ada)
        assert "2 cases, study: each is explained at once" in worded(card)
        await given(cohort.ben)
        none = await asked(ada, "/case", "your cohort has to do")
        await press(ada, card, "Start")
        poll = await ada.wait_for(is_poll, after=none["message_id"])
        for _ in range(2):
            last = await done_with(ada, poll)
            await press(ada, last, "Go on with the session")
            poll = await ada.wait_for(
                lambda m: is_poll(m) or "Session over" in worded(m), after=last["message_id"]
            )
        assert "Session over: 0 of 3 questions right." in worded(poll)
        now = await refreshed(eve, page)
        assert "Finished: 1 (Ada" not in worded(now)
        assert "Finished: 1" in worded(now)
        assert "Members under an alias are not counted here." in worded(now)
        assert "Ben" not in worded(now)
        await press(ada, card, "Start")
        await ada.wait_for(says("Session over"), after=poll["message_id"])
        await step(clock, 15 * DAY_MS)
        closed = await eve.wait_for(shows("is closed: its numbers are in the report."))
        assert "Report" in buttons(closed)
        await press(cohort.ben, await given(cohort.ben), "Start")
        await cohort.ben.wait_for(says("It is over, and you did not begin it."))
    assert query(settings.database, "SELECT count(*) FROM cohort_counts") == [(1,)]


async def done_with(learner: Person, poll: Message) -> Message:
    """Every question of a case is voted in; the last explanation."""
    while True:
        await learner.vote(poll, [1])
        said = await learner.wait_for(
            lambda m: is_poll(m) or "Go on with the session" in buttons(m),
            after=poll["message_id"],
        )
        if not is_poll(said):
            return said
        poll = said


async def test_an_exam_is_explained_to_all_when_it_closes(
    settings: Settings, cohort: Cohort, clock: SteppedClock
) -> None:
    """Until then nothing tells how it went, whatever is asked; a restart amid changes nothing."""
    eve, ada, _ = cohort
    async with running_bot(settings):
        await assign(eve, "Exam", "Explained after due", "Late: refused")
        card = await given(ada)
        await press(ada, card, "Start")
        first = await ada.wait_for(shows("Question 1 of 3"), after=card["message_id"])
        await press(ada, first, next(iter(buttons(first))))
        await press(ada, first, "Overview")
        overview = await ada.wait_for(shows("1 of 3 answered"))
        assert "Cancel the exam" not in buttons(overview)
        await press(ada, overview, "Hand in")
        sealed = await ada.wait_for(says("Handed in. How it went, and why, comes by itself"))
        for text, words in (
            ("/refs", "/refs"),
            ("/review", "Nothing to review yet"),
            ("/case", "your cohort has to do"),
            (f"/case {case_code(TWO_CASES[0])}", "That case is in an exam of your cohort"),
            ("/progress", "nothing"),
        ):
            sent = await ada.send(text)
            said = await ada.wait_for(
                lambda m: m["from"]["is_bot"] and "poll" not in m, after=sent["message_id"]
            )
            assert "right" not in worded(said).replace("all right", ""), text
            assert text in {"/refs", "/progress"} or words in worded(said)
    assert query(settings.database, "SELECT count(*) FROM answers") == [(0,)]
    async with running_bot(settings):
        await press(ada, card, "Start")
        await ada.wait_for(says("Handed in. How it went"), after=sealed["message_id"])
        await step(clock, 8 * DAY_MS)
        results = await ada.wait_for(says("The exam of your cohort is explained:"))
        missed = next(text for text in buttons(results) if "Practise" not in text)
        await press(ada, results, missed)
        await ada.wait_for(has("Share"), after=results["message_id"])
    assert query(settings.database, "SELECT count(*) FROM answers") == [(1,)]


async def test_an_educator_writes_dates_and_changes_their_mind(
    settings: Settings, cohort: Cohort, clock: SteppedClock
) -> None:
    """A date in words; a day more; a reminder; then it is cancelled, and members are told."""
    eve, ada, _ = cohort
    async with running_bot(settings):
        page = await draft(eve)
        await press(eve, page, "Opens on …")
        wanted = await eve.wait_for(says("When does it open?"))
        refused = await asked(eve, "2020-01-01", "That is past.")
        assert refused["message_id"] > wanted["message_id"]
        page = await asked(eve, "tomorrow", "Opens:")
        await press(eve, page, "Opens now")
        page = await eve.wait_for(has("✓ Opens now"), after=page["message_id"] - 1)
        await press(eve, page, "By code")
        await eve.wait_for(says("Write the codes"))
        page = await asked(eve, case_code(TWO_CASES[1]), "cases by their codes, 1 case")
        await press(eve, page, "Assign")
        shown = await eve.wait_for(has("Try it"), after=page["message_id"] - 1)
        card = await given(ada)
        await press(ada, card, "Start")
        poll = await ada.wait_for(is_poll)
        await press(eve, shown, "One day more")
        await ada.wait_for(shows("There is more time:"))
        await eve.wait_for(has("Remind now"), after=shown["message_id"] - 1)
        listed = await asked(eve, "/assign", "Assignments")
        await press(eve, listed, "1 case")
        shown = await eve.wait_for(has("Remind now"), after=listed["message_id"] - 1)
        await press(eve, shown, "Remind now")
        await ada.wait_for(shows("Not finished yet:"))
        await press(eve, shown, "Cancel it")
        sure = await eve.wait_for(has("← Back"), after=shown["message_id"] - 1)
        await press(eve, sure, "Cancel it")
        told = await ada.wait_for(says("Cancelled, and counts for nobody:"))
        assert buttons(told) == {}
        await press(ada, card, "Start")
        await ada.wait_for(says("Cancelled"), after=told["message_id"])
        await ada.vote(poll, [1])
        await ada.wait_for(shows("References"), after=poll["message_id"])


async def test_a_case_is_retired_while_the_bot_is_away(
    settings: Settings, cohort: Cohort, clock: SteppedClock
) -> None:
    """Educator and members are told once, and it goes on without that case."""
    eve, ada, _ = cohort
    async with running_bot(settings):
        await assign(eve)
        await given(ada)
    assert settings.content is not None
    (settings.content / f"{TWO_CASES[1]}.yaml").unlink()
    async with running_bot(settings):
        await eve.wait_for(says("was taken out of the library"))
        card = await ada.wait_for(shows("A case was taken out of the library"))
        assert "1 case, study" in worded(card)
        await press(ada, card, "Start")
        poll = await ada.wait_for(is_poll, after=card["message_id"])
        last = await done_with(ada, poll)
        await press(ada, last, "Go on with the session")
        await ada.wait_for(says("Session over: 0 of 1 question right."))
    told = [m for m in await ada.messages() if "taken out of the library" in worded(m)]
    assert len(told) == 1


async def test_who_joins_while_it_is_open_has_it_to_do(
    sandbox: SandboxClient, settings: Settings, cohort: Cohort
) -> None:
    """Right after joining by a link; it stands in their list until they leave."""
    now = settings.clock.now()
    link = LinkMade("token", COHORT, "member", False, cohort.eve.id, now, now + DAY_MS, 9)
    store = await Store.open(settings.database, now)
    try:
        await store.ledger.commit([Entry(Outcome((link,)))], now)
    finally:
        await store.close()
    async with running_bot(settings):
        await assign(cohort.eve)
        await given(cohort.ada)
        cleo = await sandbox.person("Cleo", language_code="en")
        consent = await asked(cleo, "/start co_token", "They see,")
        await press(cleo, consent, "Join as Cleo")
        card = await given(cleo)
        listed = await cleo.send("/cohorts")
        await cleo.wait_for(has("2 cases"), after=listed["message_id"])
        await press(cleo, card, "Start")
        await cleo.wait_for(is_poll, after=card["message_id"])
    rows = query(settings.database, "SELECT person_id FROM sittings WHERE assignment_id > 0")
    assert rows == [(cleo.id,)]
