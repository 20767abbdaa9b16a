"""Who becomes an author or a reviewer of cases, by whose link, and who is none any more."""

import pytest

from bot.base.time_units import DAY_MS
from bot.features.roles.accept_role import open_role_link, press_role_link
from bot.features.roles.give_roles import press, roles
from bot.features.roles.role_buttons import Accepting, AcceptPress, RolePress, RoleVerb
from bot.features.shared.buttons import ROLE_LINK
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from bot.settings import Settings
from storage.facts import PersonLeft, PersonMet
from storage.flag_facts import NothingAwaited
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted
from storage.roles import AUTHOR, REVIEWER
from tests.content.html_reader import read_html
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import StillClock, commit

ROOT, MESSAGE = 99, 7


@pytest.fixture
async def services(services: Services) -> Services:
    """Root administers the bot, and all have written to it."""
    services.settings = Settings(admins=frozenset({ROOT}))
    met = (PersonMet(one, "en", NOW) for one in (ROOT, ADA, BEN))
    await commit(services, Outcome((*met,)))
    return services


async def visit(services: Services, person_id: int, name: str = "Ada") -> Visit:
    """Somebody comes."""
    return await receive(services, Visitor(person_id, "en", name, "ada"))


async def pressed(services: Services, by: int, verb: RoleVerb, role: str, of: int = 0) -> Outcome:
    """Somebody presses a button of `/roles`."""
    who = await visit(services, by, "Root")
    return await commit(services, await press(services, who, RolePress(verb, role, of), MESSAGE))


async def link(services: Services, role: str) -> str:
    """The token of a new link."""
    done = await pressed(services, ROOT, RoleVerb.LINK, role)
    text = texts(done)
    return text.split(f"?start={ROLE_LINK}")[1].split()[0]


async def opened(services: Services, by: int, argument: str, name: str = "Ada") -> Outcome:
    """Somebody opens it."""
    done = await open_role_link(services, await visit(services, by, name), argument)
    return await commit(services, done)


async def answered(services: Services, by: int, how: Accepting, token: str) -> Outcome:
    """Somebody presses a button under an invitation."""
    who = await visit(services, by)
    done = await press_role_link(services, who, AcceptPress(how, token), MESSAGE)
    return await commit(services, done)


def texts(outcome: Outcome, person_id: int | None = None) -> str:
    """All that is said, to one person or to all."""
    said = [
        read_html(call.params.get("text", ""))[0]
        for call in outcome.owed
        if person_id in {None, call.chat_id}
    ]
    return "\n".join([*said, outcome.toast.text if outcome.toast else ""])


async def test_an_author_accepts_after_reading(services: Services) -> None:
    """Opening stores nothing; the press makes them one, and the administrator hears of it."""
    token = await link(services, AUTHOR)
    done = await opened(services, ADA, token)
    assert "invited to write cases" in texts(done)
    assert "stays in use when you have everything about you erased" in texts(done)
    assert await services.store.roles.holders(AUTHOR) == []
    done = await answered(services, ADA, Accepting.YES, token)
    assert "You write cases here" in texts(done, ADA)
    assert "Ada (@ada), author" in texts(done, ROOT)
    (holder,) = await services.store.roles.holders(AUTHOR)
    assert (holder.person_id, holder.public_name) == (ADA, None)
    assert "Ada (@ada), author" in texts(await roles(services, await visit(services, ROOT), ""))


async def test_a_link_lets_one_person_in(services: Services) -> None:
    """Whoever comes second reads that it was used, though they read the invitation before."""
    token = await link(services, AUTHOR)
    await opened(services, BEN, token)
    await answered(services, ADA, Accepting.YES, token)
    assert "lets nobody in" in texts(await answered(services, BEN, Accepting.YES, token))
    assert "lets nobody in" in texts(await opened(services, BEN, token))
    assert await services.store.roles.holder(BEN, AUTHOR) is None


async def test_a_link_ends(services: Services) -> None:
    """After 14 days to the millisecond."""
    token = await link(services, AUTHOR)
    services.clock = StillClock(at=services.clock.now() + 14 * DAY_MS - 1)
    assert "invited to write" in texts(await opened(services, ADA, token))
    services.clock = StillClock(at=services.clock.now() + 1)
    assert "lets nobody in" in texts(await answered(services, ADA, Accepting.YES, token))


async def test_a_link_of_who_administers_no_more_lets_nobody_in(services: Services) -> None:
    """Rights are judged when it is used."""
    token = await link(services, REVIEWER)
    services.settings = Settings(admins=frozenset({BEN}))
    assert "lets nobody in" in texts(await answered(services, ADA, Accepting.YES, token))


async def test_a_reviewer_says_their_name(services: Services) -> None:
    """As in Telegram, by a press."""
    token = await link(services, REVIEWER)
    assert "as a clinician" in texts(await opened(services, ADA, token))
    assert "as Ada." in texts(await answered(services, ADA, Accepting.YES, token), ADA)
    (holder,) = await services.store.roles.holders(REVIEWER)
    assert holder.public_name == "Ada"


async def test_a_reviewer_writes_another_name(services: Services) -> None:
    """Asked for by a button; what cannot be shown is asked for again."""
    token = await link(services, REVIEWER)
    assert "Write the name" in texts(await answered(services, ADA, Accepting.OTHER_NAME, token))
    assert "cannot be a name" in texts(await opened(services, ADA, f"{token} \u200b"))
    assert "cannot be a name" in texts(await opened(services, ADA, f"{token} {'A' * 65}"))
    done = await opened(services, ADA, f"{token} Ada  Byron, MD")
    assert "as Ada Byron, MD." in texts(done, ADA)
    (holder,) = await services.store.roles.holders(REVIEWER)
    assert holder.public_name == "Ada Byron, MD"


async def test_a_name_that_was_not_asked_for_accepts_nothing(services: Services) -> None:
    """Whoever types link and name at once has not read what it means."""
    token = await link(services, REVIEWER)
    assert "as a clinician" in texts(await opened(services, ADA, f"{token} Ada Byron"))
    await answered(services, ADA, Accepting.OTHER_NAME, token)
    await commit(services, Outcome((NothingAwaited(ADA),)))
    assert "as a clinician" in texts(await opened(services, ADA, f"{token} Ada Byron"))
    assert await services.store.roles.holders(REVIEWER) == []


async def test_who_has_no_name_to_show_is_asked_for_one(services: Services) -> None:
    """Though an old invitation offers it."""
    token = await link(services, REVIEWER)
    who = await receive(services, Visitor(ADA, "en", "\u2800"))
    done = await press_role_link(services, who, AcceptPress(Accepting.YES, token), MESSAGE)
    assert "Write the name" in texts(done)
    assert not any(isinstance(fact, RoleAccepted) for fact in done.facts)


async def test_no_keeps_nothing(services: Services) -> None:
    """The link still works."""
    token = await link(services, AUTHOR)
    assert "nothing was kept" in texts(await answered(services, ADA, Accepting.NO, token))
    assert "invited" in texts(await opened(services, ADA, token))


async def test_who_is_one_already_does_not_use_a_link_up(services: Services) -> None:
    """They are told, and the link stays for another."""
    await answered(services, ADA, Accepting.YES, await link(services, AUTHOR))
    token = await link(services, AUTHOR)
    assert "already" in texts(await opened(services, ADA, token))
    assert "already" in texts(await answered(services, ADA, Accepting.YES, token))
    assert "You write cases here" in texts(await answered(services, BEN, Accepting.YES, token))


async def test_taking_back_asks_once_and_ends_it_at_once(services: Services) -> None:
    """They are told; their other role stays; once more does nothing."""
    for role in (AUTHOR, REVIEWER):
        await answered(services, ADA, Accepting.YES, await link(services, role))
    assert "No longer an author?" in texts(
        await pressed(services, ROOT, RoleVerb.TAKE_BACK, AUTHOR, ADA)
    )
    done = await pressed(services, ROOT, RoleVerb.TAKEN_BACK, AUTHOR, ADA)
    assert "took back that you write" in texts(done, ADA)
    assert "0 authors, 1 reviewer" in texts(done, ROOT)
    assert await services.store.roles.holder(ADA, AUTHOR) is None
    assert await services.store.roles.holder(ADA, REVIEWER) is not None
    assert texts(await pressed(services, ROOT, RoleVerb.TAKEN_BACK, AUTHOR, ADA), ADA).strip() == ""


@pytest.mark.parametrize("verb", [*RoleVerb])
async def test_only_administrators_press(services: Services, verb: RoleVerb) -> None:
    """A forged or old button does nothing for anybody else."""
    await answered(services, ADA, Accepting.YES, await link(services, AUTHOR))
    done = await pressed(services, BEN, verb, AUTHOR, ADA)
    assert done.toast is not None
    assert done.owed == ()
    assert await services.store.roles.holder(ADA, AUTHOR) is not None


@pytest.mark.parametrize("role", ["educator", "", "root"])
async def test_other_roles_are_not_given_by_a_link(services: Services, role: str) -> None:
    """Educators are approved in their own way."""
    done = await pressed(services, ROOT, RoleVerb.LINK, role)
    assert done.owed == ()
    assert done.toast is not None


async def test_who_blocked_the_bot_hears_nothing(services: Services) -> None:
    """Their role goes all the same."""
    await answered(services, ADA, Accepting.YES, await link(services, AUTHOR))
    await commit(services, Outcome((PersonLeft(ADA, NOW),)))
    done = await pressed(services, ROOT, RoleVerb.TAKEN_BACK, AUTHOR, ADA)
    assert {call.chat_id for call in done.owed} == {ROOT}
    assert await services.store.roles.holder(ADA, AUTHOR) is None


def test_buttons_say_what_they_mean() -> None:
    """Whatever else comes back is no button; all fit into 64 bytes."""
    for verb in RoleVerb:
        made = RolePress(verb, REVIEWER, (1 << 52) - 1)
        assert RolePress.parse(str(made)) == made
        assert len(str(made).encode()) <= 64
    assert AcceptPress.parse("role:y/token") == AcceptPress(Accepting.YES, "token")
    for forged in ("role:", "role:list", "role:list:author:zz", "role:z/token", "role:list::01"):
        assert RolePress.parse(forged) is None
        assert AcceptPress.parse(forged) is None
