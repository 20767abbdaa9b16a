"""Joining a cohort: what is checked again at each press, and what is kept."""

from msgspec.structs import replace

from bot.features.cohorts import consent_view
from bot.features.cohorts.cohort_buttons import CohortPress, CohortVerb, How, JoinPress
from bot.features.cohorts.invitation import LINK_MS, MOST_EDUCATORS
from bot.features.cohorts.own_cohorts import own_cohorts
from bot.features.shared.messages import MOST_DATA
from bot.services import Services
from storage.cohort_facts import CohortClosed, CohortJoined, CohortLeft, LinkBounded
from storage.facts import PersonForgotten, PersonLeft
from storage.flag_facts import CommandAwaited
from storage.flags import AwaitedCommand
from storage.outcome import Outcome
from tests.bot.features.cohorts.conftest import (
    CLEO,
    COHORT,
    DAN,
    NAMES,
    accepted,
    approval,
    educator,
    in_cohort,
    link,
    member,
    opened,
    record,
    shown,
    teaching_link,
    texts,
    told,
    visit,
)
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import StillClock, commit

REFUSED = "This link lets nobody in, or no more."


async def typed(services: Services, person_id: int, text: str) -> Outcome:
    """The text that was asked for, as it comes to `/cohorts`."""
    awaited = await services.store.flags.awaited(person_id)
    assert isinstance(awaited, AwaitedCommand)
    argument = awaited.command.removeprefix("cohorts ")
    who = await visit(services, person_id)
    return await commit(services, await own_cohorts(services, who, f"{argument} {text}"))


async def test_nothing_is_stored_before_one_joins(services: Services) -> None:
    """A page is read, and `No` is said; then the name is kept with the version of the terms."""
    token = await link(services)
    assert "They never see" in await opened(services, BEN, token)
    done = await accepted(services, BEN, How.NO, token)
    assert "nothing was kept" in texts(done)
    assert await in_cohort(services, BEN) is None
    done = await accepted(services, BEN, How.NAMED, token)
    assert "You joined Interns as Ben." in texts(done)
    row = await in_cohort(services, BEN)
    assert row is not None
    assert (row.name, row.named, row.terms) == ("Ben", True, consent_view.TERMS_VERSION)
    assert (row.username, row.joined_at) == (None, NOW)


async def test_a_link_lets_in_as_many_as_was_said_and_until_it_ends(services: Services) -> None:
    """Forged, used up, ended, of a closed cohort: one answer, which tells nothing of the cohort."""
    assert REFUSED in await opened(services, BEN, "forged")
    token = await link(services, most=1)
    await accepted(services, BEN, How.NAMED, token)
    assert REFUSED in await opened(services, CLEO, token)
    done = await accepted(services, CLEO, How.NAMED, token)
    assert REFUSED in texts(done)
    assert "Interns" not in texts(done)
    await record(services, LinkBounded(token, 2))
    services.clock = StillClock(at=NOW + LINK_MS)
    assert REFUSED in texts(await accepted(services, CLEO, How.NAMED, token))
    services.clock = StillClock(at=NOW + LINK_MS - 1)
    assert "They never see" in await opened(services, CLEO, token)
    was_shown = await shown(services, token)
    await record(services, CohortClosed(COHORT, NOW))
    assert REFUSED in texts(await accepted(services, CLEO, How.NAMED, token, was_shown))
    assert await in_cohort(services, CLEO) is None


async def test_two_presses_are_one_joining(services: Services) -> None:
    """The second is told that they are in; and their row stays as it is."""
    token = await link(services)
    await accepted(services, BEN, How.NAMED, token)
    services.clock = StillClock(at=NOW + 5)
    done = await accepted(services, BEN, How.NAMED, token)
    assert "You are a member of Interns already." in texts(done)
    row = await in_cohort(services, BEN)
    assert row is not None
    assert row.joined_at == NOW
    kept = await services.store.cohorts.link(token)
    assert kept is not None
    assert kept.uses == 1


async def test_who_else_teaches_meanwhile_is_read_first(services: Services) -> None:
    """A press agrees to what stood above it: other educators, or other terms, are shown anew."""
    token = await link(services)
    before = await shown(services, token)
    await record(services, *approval(CLEO), educator(CLEO))
    for was_shown in (before, "forged"):
        done = await accepted(services, BEN, How.NAMED, token, was_shown)
        assert "• Cleo, approved by Root" in texts(done)
        assert await in_cohort(services, BEN) is None
    await accepted(services, BEN, How.NAMED, token)
    assert await in_cohort(services, BEN) is not None


async def test_an_alias_is_no_name_of_another(services: Services) -> None:
    """Asked again until it fits; then it alone is kept."""
    await record(services, member(CLEO, "Owl", named=False))
    token = await link(services)
    await accepted(services, BEN, How.ALIAS, token)
    for unfit, said in (
        ("", "1 to 32"),
        ("\u200b", "1 to 32"),
        ("x" * 33, "1 to 32"),
        ("oWL", "Somebody in this cohort is called that."),
        ("ada", "Somebody in this cohort is called that."),
    ):
        done = await typed(services, BEN, unfit)
        assert said in texts(done)
        assert any(isinstance(fact, CommandAwaited) for fact in done.facts)
    done = await typed(services, BEN, "  =cmd()|\u202e 'A1  ")
    assert "You joined Interns as =cmd()| 'A1." in texts(done)
    row = await in_cohort(services, BEN)
    assert row is not None
    assert (row.name, row.named) == ("=cmd()| 'A1", False)


async def test_an_alias_written_too_late_is_answered(services: Services) -> None:
    """The link was renewed, or somebody else teaches: what was agreed to is not so any more."""
    token = await link(services)
    await accepted(services, BEN, How.ALIAS, token)
    await record(services, *approval(CLEO), educator(CLEO))
    done = await typed(services, BEN, "Owl")
    assert "• Cleo, approved by Root" in texts(done)
    await accepted(services, BEN, How.ALIAS, token)
    await link(services)
    assert REFUSED in texts(await typed(services, BEN, "Owl"))
    assert await in_cohort(services, BEN) is None


async def test_who_has_no_name_to_show_joins_under_an_alias(services: Services) -> None:
    """There is no button for an empty name; a forged press of it shows the page again."""
    token = await link(services)
    invited = consent_view.Invited("Interns", [], "digest", token, "")
    keyboard = consent_view.consent(BEN, invited, services.languages.choose("en", None)).params
    assert "Join as" not in str(keyboard["reply_markup"])
    NAMES[DAN] = "\u200b"
    done = await accepted(services, DAN, How.NAMED, token)
    NAMES[DAN] = "Dan"
    assert "They never see" in texts(done)
    assert await in_cohort(services, DAN) is None


async def test_forgetting_between_page_and_press(services: Services) -> None:
    """A learner joins anew; where the educator went, the link leads nowhere."""
    token = await link(services)
    was_shown = await shown(services, token)
    await record(services, PersonForgotten(BEN))
    await accepted(services, BEN, How.NAMED, token, was_shown)
    assert await in_cohort(services, BEN) is not None
    await record(services, PersonForgotten(ADA))
    assert REFUSED in texts(await accepted(services, CLEO, How.NAMED, token, was_shown))


async def test_an_educator_who_opens_the_link_sees_what_others_read(services: Services) -> None:
    """Without its buttons; nor does a press make them a member."""
    token = await link(services)
    assert "Whoever opens the link reads this" in await opened(services, ADA, token)
    await accepted(services, ADA, How.NAMED, token)
    row = await in_cohort(services, ADA)
    assert row is not None
    assert row.teaches


async def test_only_an_approved_educator_teaches(services: Services) -> None:
    """With a link that works once; members and its maker are told, unless they left."""
    await record(services, member(BEN), member(DAN), PersonLeft(DAN, NOW))
    token = await teaching_link(services)
    assert "whom those who run this bot approved" in await opened(services, CLEO, token)
    await accepted(services, CLEO, How.TEACHING, token)
    assert await in_cohort(services, CLEO) is None
    await record(services, *approval(CLEO))
    assert "Interns" in await opened(services, CLEO, token)
    done = await accepted(services, CLEO, How.TEACHING, token)
    assert "Cleo teaches Interns with you now." in told(done, ADA)
    assert "Cleo teaches Interns from now on" in told(done, BEN)
    assert [quote.person_id for quote in done.owed[-1].quotes] == [CLEO]
    assert told(done, DAN) == ""
    row = await in_cohort(services, CLEO)
    assert row is not None
    assert row.teaches
    await record(services, *approval(DAN), CohortLeft(COHORT, DAN))
    assert REFUSED in texts(await accepted(services, DAN, How.TEACHING, token))


async def test_a_button_of_one_kind_of_link_does_nothing_on_the_other(services: Services) -> None:
    """Nobody joins as a member by a link to teach, nor teaches by one to join."""
    await record(services, *approval(CLEO))
    done = await accepted(services, CLEO, How.NAMED, await teaching_link(services))
    assert "no longer works" in texts(done)
    done = await accepted(services, CLEO, How.TEACHING, await link(services))
    assert "no longer works" in texts(done)
    assert await in_cohort(services, CLEO) is None


async def test_who_takes_over_comes_in_place_of_the_maker(services: Services) -> None:
    """Who is no educator of it any more, not even when as many teach as can."""
    more = [CohortJoined(COHORT, n, "educator", "E", None, True, 0, NOW) for n in range(1, 8)]
    await record(services, *approval(CLEO), *more)
    assert len(await services.store.cohorts.educators(COHORT)) == MOST_EDUCATORS
    done = await accepted(services, CLEO, How.TEACHING, await teaching_link(services))
    assert "as many educators as it can have" in texts(done)
    token = await teaching_link(services, hands_over=True)
    done = await accepted(services, CLEO, How.TEACHING, token)
    assert "Cleo has taken over Interns from you." in told(done, ADA)
    assert await in_cohort(services, ADA) is None
    assert await in_cohort(services, CLEO) is not None


async def test_a_link_to_teach_ends_with_its_maker(services: Services) -> None:
    """Who left the cohort, or was erased, passes nothing on."""
    await record(services, *approval(CLEO), *approval(DAN), educator(CLEO))
    for gone in (CohortLeft(COHORT, ADA), PersonForgotten(ADA)):
        token = await teaching_link(services, hands_over=True)
        was_shown = await shown(services, token)
        assert was_shown
        await record(services, gone)
        assert REFUSED in texts(await accepted(services, DAN, How.TEACHING, token, was_shown))
        await record(services, educator(ADA))


def test_buttons_say_what_they_said() -> None:
    """What is sent back is read again, fits a button, and anything else is nothing."""
    longest = CohortPress(CohortVerb.TAKEN_BACK, (1 << 63) - 1, (1 << 53) - 1)
    joins = JoinPress(How.NAMED, "0123456789", "x" * 16)
    for one in (longest, joins):
        assert len(str(one).encode()) <= MOST_DATA
    assert CohortPress.parse(str(longest)) == longest
    assert JoinPress.parse(str(joins)) == joins
    assert CohortPress.parse(str(replace(longest, ref=1 << 63))) is None
    for forged in ("", "cohort:", "cohort:show:-1:0", "cohort:show:+1:0", "cohort:what:1:0"):
        assert CohortPress.parse(forged) is None
    for forged in ("", "cohort:n", "cohort:n/x", "cohort:q/x/y"):
        assert JoinPress.parse(forged) is None
