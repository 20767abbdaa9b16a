"""Who becomes an educator, and who is none any more."""

import pytest

from bot.features.cohorts.approval import is_approved
from bot.features.cohorts.cohort import cohort
from bot.features.cohorts.cohort_buttons import CohortVerb
from bot.services import Services
from bot.settings import Settings
from storage.cohort_facts import RoleDecided
from storage.facts import PersonForgotten, PersonLeft
from storage.outcome import Outcome
from tests.bot.features.cohorts.conftest import (
    CLEO,
    INES,
    ROOT,
    approval,
    educator,
    in_cohort,
    labels,
    pressed,
    record,
    teaching_link,
    texts,
    told,
    visit,
)
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import commit


async def command(services: Services, person_id: int) -> Outcome:
    """`/cohort` alone."""
    who = await visit(services, person_id)
    return await commit(services, await cohort(services, who, ""))


async def test_each_administrator_who_ever_wrote_gets_a_card(services: Services) -> None:
    """With name and user name; who never wrote cannot be sent one, and who left is not."""
    services.settings = Settings(admins=frozenset({ROOT, INES, 1}))
    done = await command(services, BEN)
    assert labels(done.owed[0]) == ["Ask"]
    done = await pressed(services, BEN, CohortVerb.ASK)
    assert [call.chat_id for call in done.owed] == [BEN, ROOT, INES]
    assert "Ben" in told(done, INES)
    await record(services, PersonLeft(INES, NOW))
    done = await pressed(services, CLEO, CohortVerb.ASK)
    assert [call.chat_id for call in done.owed] == [CLEO, ROOT]


async def test_asking_again_while_waiting_does_nothing_new(services: Services) -> None:
    """Neither a card nor a fact; once refused, one may ask again."""
    await pressed(services, BEN, CohortVerb.ASK)
    done = await pressed(services, BEN, CohortVerb.ASK)
    assert [call.chat_id for call in done.owed] == [BEN]
    assert labels((await command(services, BEN)).owed[0]) == []
    done = await pressed(services, ROOT, CohortVerb.REFUSE, BEN)
    assert "did not approve you" in told(done, BEN)
    assert [call.chat_id for call in (await pressed(services, BEN, CohortVerb.ASK)).owed][1:]


@pytest.mark.parametrize("admins", [frozenset(), frozenset({1})], ids=["none", "never wrote"])
async def test_where_nobody_can_approve_that_is_said(
    services: Services, admins: frozenset[int]
) -> None:
    """At the command, and at an old button."""
    services.settings = Settings(admins=admins)
    assert "nobody to ask" in texts(await command(services, BEN))
    done = await pressed(services, BEN, CohortVerb.ASK)
    assert "nobody to ask" in texts(done)
    assert await services.store.cohorts.role(BEN, "educator") is None


async def test_the_second_administrator_is_told_what_was_decided(services: Services) -> None:
    """And changes nothing, whichever button they press."""
    await pressed(services, BEN, CohortVerb.ASK)
    done = await pressed(services, ROOT, CohortVerb.APPROVE, BEN)
    assert "You are approved" in told(done, BEN)
    for verb in (CohortVerb.APPROVE, CohortVerb.REFUSE):
        done = await pressed(services, INES, verb, BEN)
        assert done.toast is not None
        assert done.toast.text == "Approved by Root."
        assert not any(isinstance(fact, RoleDecided) for fact in done.facts)
        assert await is_approved(services, BEN)


@pytest.mark.parametrize(
    "verb", [CohortVerb.APPROVE, CohortVerb.REFUSE, CohortVerb.TAKE_BACK, CohortVerb.TAKEN_BACK]
)
async def test_nobody_but_an_administrator_decides(services: Services, verb: CohortVerb) -> None:
    """Rights are judged at the press: whoever was one, and whoever asked."""
    await pressed(services, BEN, CohortVerb.ASK)
    services.settings = Settings(admins=frozenset({INES}))
    for person, about in ((BEN, BEN), (ROOT, BEN), (BEN, ADA)):
        done = await pressed(services, person, verb, about)
        assert "no longer works" in texts(done)
    assert not await is_approved(services, BEN)
    assert await is_approved(services, ADA)


async def test_who_asked_and_was_erased_is_not_decided_on(services: Services) -> None:
    """The card says so, and names nobody any more."""
    await pressed(services, BEN, CohortVerb.ASK)
    await record(services, PersonForgotten(BEN))
    done = await pressed(services, ROOT, CohortVerb.APPROVE, BEN)
    assert "erased" in texts(done)
    assert "Ben" not in texts(done)
    assert await services.store.cohorts.role(BEN, "educator") is None


async def test_an_approval_taken_back_ends_all_sight_at_once(services: Services) -> None:
    """Asked once; links to teach that were passed on are worth nothing, and others teach on."""
    await record(services, *approval(CLEO), educator(CLEO))
    token = await teaching_link(services)
    done = await pressed(services, INES, CohortVerb.TAKE_BACK, ADA)
    assert "Take the approval back?" in texts(done)
    assert "Approved by Root." in texts(await pressed(services, INES, CohortVerb.KEPT, ADA))
    assert await in_cohort(services, ADA) is not None
    done = await pressed(services, INES, CohortVerb.TAKEN_BACK, ADA)
    assert "took back" in told(done, ADA)
    assert await in_cohort(services, ADA) is None
    assert await services.store.cohorts.link(token) is None
    assert await in_cohort(services, CLEO) is not None
    assert await services.store.cohorts.untaught(9) == []
    assert "Not approved, by Inés." in texts(
        await pressed(services, ROOT, CohortVerb.TAKEN_BACK, ADA)
    )


async def test_who_blocked_the_bot_is_told_nothing(services: Services) -> None:
    """The decision stands all the same."""
    await pressed(services, BEN, CohortVerb.ASK)
    await record(services, PersonLeft(BEN, NOW))
    done = await pressed(services, ROOT, CohortVerb.APPROVE, BEN)
    assert told(done, BEN) == ""
    assert await is_approved(services, BEN)


async def test_an_educator_is_known_by_todays_name(services: Services) -> None:
    """Whenever they use `/cohort`: cleaned of what would link or climb, cut at 64 characters."""
    for name, kept in (
        ("Ada\u202e <b> @root", "Ada <b> @\u2060root"),
        ("x" * 200, "x" * 63 + "…"),
        ("😀" * 64, "😀" * 64),
        ("\u200b", ""),
    ):
        who = await visit(services, ADA, name=name, username="ada_l")
        await commit(services, await cohort(services, who, ""))
        row = await in_cohort(services, ADA)
        assert row is not None
        assert (row.name, row.username) == (kept, "ada_l")
    assert "an educator (@ada_l), approved by Root" in texts(await command(services, ADA))


async def test_a_name_is_blotted_out_of_cards_not_yet_sent(services: Services) -> None:
    """Who asked, and who decided."""
    done = await pressed(services, BEN, CohortVerb.ASK)
    cards = [call for call in done.owed if call.chat_id != BEN]
    assert [[quote.person_id for quote in call.quotes] for call in cards] == [[BEN], [BEN]]
    done = await pressed(services, ROOT, CohortVerb.APPROVE, BEN)
    assert {quote.words for quote in done.owed[0].quotes} == {"Ben", "Root"}
