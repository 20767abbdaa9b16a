"""What an educator does with a cohort, and who may not."""

from datetime import UTC, datetime

import pytest

from bot.features.cohorts.cohort import cohort
from bot.features.cohorts.cohort_buttons import CohortVerb
from bot.features.cohorts.invitation import LINK_MS, invitation_of
from bot.features.cohorts.members_view import number_of
from bot.jobs.due_jobs import DUE_JOBS, AsOf
from bot.services import Services
from storage.chat_facts import DailySet
from storage.cohort_facts import (
    CohortClosed,
    CohortJoined,
    CohortLeft,
    CohortMade,
    EducatorMet,
    LinkMade,
)
from storage.cohorts import EDUCATOR, Cohort, CohortLink
from storage.facts import Fact, PersonForgotten, PersonLeft
from storage.flags import AwaitedCommand
from storage.outcome import Outcome
from tests.bot.features.cohorts.conftest import (
    CLEO,
    COHORT,
    DAN,
    ROOT,
    approval,
    educator,
    in_cohort,
    labels,
    link,
    member,
    pressed,
    record,
    texts,
    told,
    visit,
)
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import StillClock, commit

DIRECTING = (
    *(
        CohortVerb.SHOW,
        CohortVerb.LINK,
        CohortVerb.RENEW,
        CohortVerb.MOST,
        CohortVerb.PEOPLE,
        CohortVerb.PERSON,
        CohortVerb.REMOVE,
    ),
    *(
        CohortVerb.ADD,
        CohortVerb.HAND_OVER,
        CohortVerb.RENAME,
        CohortVerb.CLOSE,
        CohortVerb.CLOSED,
        CohortVerb.REPORT,
    ),
)


async def command(services: Services, person_id: int, text: str = "") -> Outcome:
    """`/cohort`, with what stands after it."""
    who = await visit(services, person_id)
    return await commit(services, await cohort(services, who, text))


async def typed(services: Services, person_id: int, text: str) -> Outcome:
    """The text that was asked for, as it comes to `/cohort`."""
    awaited = await services.store.flags.awaited(person_id)
    assert isinstance(awaited, AwaitedCommand)
    return await command(services, person_id, f"{awaited.command.removeprefix('cohort ')} {text}")


async def kept(services: Services, cohort_id: int = COHORT) -> Cohort:
    """The cohort as it is on record."""
    found = await services.store.cohorts.get(cohort_id)
    assert found is not None
    return found


async def the_link(services: Services) -> CohortLink:
    """Its link for members."""
    (found,) = [one for one in await services.store.cohorts.links(COHORT) if one.role == "member"]
    return found


async def untaught(services: Services) -> list[Outcome]:
    """What the job that closes cohorts without educators comes to."""
    (job,) = [one for one in DUE_JOBS if one.name == "cohort without educators"]
    tasks = await job.find(services, AsOf(NOW, NOW), 100)
    return [await commit(services, await task.act()) for task in tasks]


@pytest.mark.parametrize("verb", DIRECTING)
async def test_only_who_teaches_a_cohort_directs_it(services: Services, verb: CohortVerb) -> None:
    """Not its members, the educators of others, administrators; nor is there one of any number."""
    await record(services, member(BEN), *approval(CLEO))
    for person, ref in ((BEN, COHORT), (CLEO, COHORT), (ROOT, COHORT), (ADA, COHORT + 1)):
        done = await pressed(services, person, verb, ref, BEN)
        assert "don't teach this cohort" in texts(done)
        assert done.owed == ()
    assert await in_cohort(services, BEN) is not None
    assert (await kept(services)).closed_at is None
    assert await services.store.cohorts.links(COHORT) == []


@pytest.mark.parametrize("verb", DIRECTING)
async def test_a_closed_cohort_can_be_looked_at_alone(services: Services, verb: CohortVerb) -> None:
    """Its members are still listed, and can be removed."""
    await record(services, member(BEN), CohortClosed(COHORT, NOW))
    ben = await in_cohort(services, BEN)
    assert ben is not None
    done = await pressed(services, ADA, verb, COHORT, number_of(ben))
    looks = {CohortVerb.SHOW, CohortVerb.PEOPLE, CohortVerb.PERSON, CohortVerb.REMOVE}
    assert ("This cohort is closed." in texts(done)) is (verb not in looks)
    ours = {type(fact) for fact in done.facts if type(fact).__module__ == EducatorMet.__module__}
    assert ours <= {EducatorMet, CohortLeft}


async def test_a_title_is_one_line_that_can_be_seen(services: Services) -> None:
    """Asked again until it fits; markup, formulas and directions are text, or dropped."""
    await pressed(services, ADA, CohortVerb.NEW)
    for unfit in ("", "\u200b\u202e", "x" * 61):
        assert "1 to 60" in texts(await typed(services, ADA, unfit))
    done = await typed(services, ADA, " =1+1 *Ward*\u202e\n<b>7 ")
    assert "=1+\u20601 *Ward* <b>7" in texts(done)
    assert "https://t.me/morning_report_bot?start=co_" in texts(done)
    made = (await services.store.cohorts.of(ADA, EDUCATOR))[0]
    assert made.title == "=1+\u20601 *Ward* <b>7"
    await pressed(services, ADA, CohortVerb.RENAME, made.id)
    assert "1 to 60" in texts(await typed(services, ADA, "x" * 61))
    assert "Fellows" in texts(await typed(services, ADA, "Fellows"))
    assert (await kept(services, made.id)).title == "Fellows"


async def test_a_title_written_too_late_names_nothing(services: Services) -> None:
    """The approval was taken back, the cohort closed, or another button pressed meanwhile."""
    await pressed(services, ADA, CohortVerb.RENAME)
    await pressed(services, ADA, CohortVerb.SHOW)
    assert await services.store.flags.awaited(ADA) is None
    await pressed(services, ADA, CohortVerb.RENAME)
    await record(services, CohortClosed(COHORT, NOW))
    assert "Closed on" in texts(await typed(services, ADA, "Late"))
    assert (await kept(services)).title == "Interns"
    await pressed(services, ADA, CohortVerb.NEW)
    await pressed(services, ROOT, CohortVerb.TAKEN_BACK, ADA)
    assert "Cohorts are for educators" in texts(await typed(services, ADA, "Late"))
    assert await services.store.cohorts.of(ADA, EDUCATOR) == []


async def test_a_cohort_lives_by_its_educators_clock(services: Services) -> None:
    """That of their daily case; else the one that the settings name."""
    assert (await kept(services)).zone == "UTC"
    timetable = '{"days":[0],"end":null,"start":null,"time":420,"zone":"America/New_York"}'
    await record(services, DailySet(ADA, timetable, "[1320, 420]", NOW))
    await pressed(services, ADA, CohortVerb.NEW)
    await typed(services, ADA, "Fellows")
    (made, _) = await services.store.cohorts.of(ADA, EDUCATOR)
    assert made.zone == "America/New_York"
    done = await pressed(services, ADA, CohortVerb.REPORT, made.id, 1)
    assert "No report on Mondays" in labels(done.owed[0])
    due = (await kept(services, made.id)).report_due
    assert due is not None
    # 7:00 in New York in winter.
    assert datetime.fromtimestamp(due / 1000, UTC) == datetime(2023, 11, 20, 12, tzinfo=UTC)
    await pressed(services, ADA, CohortVerb.REPORT, made.id, 0)
    assert (await kept(services, made.id)).report_due is None


async def test_an_educator_has_so_many_cohorts_at_most(services: Services) -> None:
    """Closed ones do not count; several are a list."""
    facts: list[Fact] = []
    for number in range(100, 119):
        facts.append(CohortMade(number, f"Cohort {number}", "UTC", NOW))
        facts.append(CohortJoined(number, ADA, EDUCATOR, "Ada", None, True, 0, NOW))
    await record(services, *facts)
    done = await command(services, ADA)
    assert len(labels(done.owed[0])) == 21
    assert "as many cohorts as you can" in texts(await pressed(services, ADA, CohortVerb.NEW))
    await record(services, CohortClosed(100, NOW))
    assert "Cohort 100 (closed)" in labels((await command(services, ADA)).owed[0])
    assert "Write the cohort's title" in texts(await pressed(services, ADA, CohortVerb.NEW))
    assert "Cohort 105" in texts(await command(services, ADA, "105"))
    assert "Your cohorts" in texts(await command(services, ADA, "9" * 30))


async def test_the_links_of_a_cohort(services: Services) -> None:
    """Renewed for as many people; widened without another link; its QR code is drawn when sent."""
    await pressed(services, ADA, CohortVerb.RENEW)
    first = await the_link(services)
    assert (first.most, first.ends_at) == (50, NOW + LINK_MS)
    assert labels((await pressed(services, ADA, CohortVerb.MOST)).owed[0])[:4] == [
        *("20", "50", "200", "2000")
    ]
    done = await pressed(services, ADA, CohortVerb.MOST, number=200)
    assert "0 of 200" in texts(done)
    assert (await the_link(services)).token == first.token
    assert "How many" in texts(await pressed(services, ADA, CohortVerb.MOST, number=7))
    (call,) = (await pressed(services, ADA, CohortVerb.LINK)).owed
    address = f"https://t.me/morning_report_bot?start=co_{first.token}"
    assert call.method == "sendPhoto"
    assert call.params["photo"]["$qr"] == address
    assert address in call.params["photo"]["instead"] == call.params["caption"]
    await pressed(services, ADA, CohortVerb.RENEW)
    second = await the_link(services)
    assert second.token != first.token
    assert second.most == 200
    services.clock = StillClock(at=second.ends_at)
    done = await pressed(services, ADA, CohortVerb.LINK)
    assert "make a new one" in texts(done)
    assert "Link and QR code" not in labels(done.owed[0])
    await pressed(services, ADA, CohortVerb.MOST, number=20)
    assert (await the_link(services)).ends_at == second.ends_at + LINK_MS


async def test_two_thousand_members_are_turned_in_pages(services: Services) -> None:
    """Eight to a page, in the order of their names; a member removed leaves the page as it is."""
    crowd = [
        CohortJoined(COHORT, n, "member", f"Learner {n:04}", None, n % 2 == 0, 1, NOW)
        for n in range(1, 2001)
    ]
    await record(services, *crowd)
    done = await pressed(services, ADA, CohortVerb.PEOPLE, number=124)
    assert "2000 members" in texts(done)
    assert "993. Learner 0993 (alias)\n994. Learner 0994\n995. " in texts(done)
    assert labels(done.owed[0]) == [*map(str, range(993, 1001)), "◀", "▶", "Back"]
    assert "1993. " in texts(await pressed(services, ADA, CohortVerb.PEOPLE, number=10**9))
    gone = await in_cohort(services, 994)
    assert gone is not None
    number = number_of(gone)
    done = await pressed(services, ADA, CohortVerb.PERSON, number=number)
    assert "Remove this member?" in texts(done)
    done = await pressed(services, ADA, CohortVerb.REMOVE, number=number)
    assert "1999 members" in texts(done)
    assert "994. Learner 0995 (alias)" in texts(done)
    assert await in_cohort(services, 994) is None
    for verb in (CohortVerb.PERSON, CohortVerb.REMOVE):
        done = await pressed(services, ADA, verb, number=number)
        assert "no longer in this cohort" in texts(done)
    # Nor is an educator removed by a forged number.
    ada = await in_cohort(services, ADA)
    assert ada is not None
    await pressed(services, ADA, CohortVerb.REMOVE, number=number_of(ada))
    assert await in_cohort(services, ADA) is not None
    assert "2000 members" not in texts(await command(services, ADA))


async def test_no_button_tells_who_has_an_alias(services: Services) -> None:
    """A person's own number is in no button of theirs, nor does a forged one with it find them."""
    await record(services, member(BEN, "Owl", named=False), member(CLEO))
    listed = await pressed(services, ADA, CohortVerb.PEOPLE)
    ben = await in_cohort(services, BEN)
    assert ben is not None
    question = await pressed(services, ADA, CohortVerb.PERSON, number=number_of(ben))
    for outcome in (listed, question):
        assert "Owl (alias)" in texts(outcome)
        sent = str([call.params for call in outcome.owed])
        assert f"{BEN:x}" not in sent
        assert str(BEN) not in sent
    for verb in (CohortVerb.PERSON, CohortVerb.REMOVE):
        assert "no longer in this cohort" in texts(await pressed(services, ADA, verb, number=BEN))
    assert await in_cohort(services, BEN) is not None


async def test_a_full_cohort_lets_nobody_in(services: Services) -> None:
    """However many its link would let in."""
    token = await link(services, 2000)
    crowd = [CohortJoined(COHORT, n, "member", "L", None, True, 1, NOW) for n in range(1, 2001)]
    await record(services, *crowd)
    assert (await services.store.cohorts.link(token)) is not None
    assert await invitation_of(services, token) is None
    await record(services, CohortLeft(COHORT, 5))
    assert await invitation_of(services, token) is not None


async def test_closing_tells_members_in_their_languages(services: Services) -> None:
    """Asked once; nobody who blocked the bot; as broadcasts, behind people's own replies."""
    await record(services, member(BEN), member(CLEO), member(DAN), PersonLeft(DAN, NOW))
    assert "Close this cohort?" in texts(await pressed(services, ADA, CohortVerb.CLOSE))
    done = await pressed(services, ADA, CohortVerb.CLOSED)
    heard = [call for call in done.owed if call.broadcast]
    assert [call.chat_id for call in heard] == [BEN, CLEO]
    assert "Interns is closed" in told(done, BEN)
    assert (await kept(services)).closed_at == NOW
    again = await pressed(services, ADA, CohortVerb.CLOSED)
    assert [call.chat_id for call in again.owed] == [ADA]


@pytest.mark.parametrize("gone", [PersonForgotten(ADA), CohortLeft(COHORT, ADA)])
async def test_a_cohort_that_nobody_teaches_closes(services: Services, gone: Fact) -> None:
    """Whatever became of its last educator, once; with another it goes on."""
    await record(services, *approval(CLEO), educator(CLEO), member(BEN), gone)
    assert await untaught(services) == []
    await record(services, PersonForgotten(CLEO))
    await record(services, *(CohortMade(n, "Untaught", "UTC", NOW) for n in range(100, 106)))
    done, *others = await untaught(services)
    assert "Interns is closed" in told(done, BEN)
    # So few at once, as each may be told to thousands.
    assert (len(others), len(await untaught(services))) == (4, 2)
    assert await untaught(services) == []
    assert (await kept(services)).closed_at == NOW


async def test_an_educator_leaves_unless_they_are_the_last(services: Services) -> None:
    """The last hands over or closes; a closed cohort may be left by all."""
    assert "hand it over, or close it" in texts(await pressed(services, ADA, CohortVerb.LEAVE))
    assert "hand it over, or close it" in texts(await pressed(services, ADA, CohortVerb.LEFT))
    await record(services, *approval(CLEO), educator(CLEO))
    made = LinkMade("token", COHORT, EDUCATOR, False, ADA, NOW, NOW + 1, 1)
    await record(services, made)
    assert "Teach this cohort no more?" in texts(await pressed(services, ADA, CohortVerb.LEAVE))
    assert "You stay in Interns." in texts(await pressed(services, ADA, CohortVerb.STAY))
    await pressed(services, ADA, CohortVerb.LEFT)
    assert await in_cohort(services, ADA) is None
    assert await services.store.cohorts.link("token") is None
    await record(services, CohortClosed(COHORT, NOW))
    await pressed(services, CLEO, CohortVerb.LEFT)
    assert await in_cohort(services, CLEO) is None
