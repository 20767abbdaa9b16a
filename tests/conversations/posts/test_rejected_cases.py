"""What Telegram refuses for good: people hear of it, get another case, and lose none."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.settings import Settings
from bot.telegram import bot_api
from tests.support.bot import running_bot
from tests.support.database import query
from tests.support.sandbox import Chat, Person, SandboxClient
from tests.support.seeing import asked, buttons, given, is_poll, place, says, text_of
from tests.support.trouble import fast_clock, until

BOT = 7007
RIGHT = "Rheumatoid arthritis"
Refuses = Callable[[str, Mapping[str, Any]], str | None]


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast."""
    return fast_clock()


@pytest.fixture
async def ada(sandbox: SandboxClient) -> Person:
    """A learner who has written to the bot."""
    person = await sandbox.person("Ada", language_code="en")
    await person.send("/start")
    return person


@pytest.fixture
async def boss(sandbox: SandboxClient) -> Person:
    """Who looks after the bot."""
    person = await sandbox.person("Boss", language_code="en")
    await person.send("/start")
    return person


@pytest.fixture
def settings(settings: Settings, boss: Person) -> Settings:
    """With somebody who looks after the bot."""
    return replace(settings, admins=frozenset({boss.id}))


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[Refuses]:
    """What Telegram refuses, by its words."""
    rules: list[Refuses] = []
    real = bot_api.call

    async def call(bot: Any, method: str, params: Any, *more: Any, **named: Any) -> Any:
        for rule in rules:
            if words := rule(method, params):
                return bot_api.Wrong(words)
        return await real(bot, method, params, *more, **named)

    monkeypatch.setattr(bot_api, "call", call)
    return rules


async def test_a_case_that_telegram_refuses_is_replaced(
    ada: Person, boss: Person, settings: Settings, refusing: list[Refuses]
) -> None:
    """The asker gets a sentence and another case; the first does not count as seen."""
    bad = "Stone-hard lumps"

    def lumps(_method: str, params: Mapping[str, Any]) -> str | None:
        return "Image_process_failed" if bad in str(params) else None

    async with running_bot(settings):
        refusing.append(lumps)
        sent = await ada.send("/case calcinosis-cutis")
        await ada.wait_for(
            says("would not take that case. Here is another"), after=sent["message_id"]
        )
        poll = await ada.wait_for(is_poll, after=sent["message_id"])
        assert bad not in str(poll)
        told = await boss.wait_for(says("calcinosis-cutis"))
        assert "Image_process_failed" in text_of(told)
        refusing.clear()
        offer = await asked(ada, "/case", "You have one open:")
        await ada.press(offer, buttons(offer)["Another"])
        again = await ada.wait_for(is_poll, after=offer["message_id"])
        assert bad in str(again)


async def test_an_explanation_that_is_refused_comes_as_plain_text(
    ada: Person, boss: Person, settings: Settings, refusing: list[Refuses]
) -> None:
    """Its words arrive all the same, and whoever looks after the bot hears why."""

    def formatted(_method: str, params: Mapping[str, Any]) -> str | None:
        of_case = "Right." in str(params) and "parse_mode" in params
        return "Can't parse entities: unsupported start tag" if of_case else None

    async with running_bot(settings):
        poll = await given(ada, "/case calcinosis-cutis")
        refusing.append(formatted)
        await ada.vote(poll, [place(poll, RIGHT)])
        told = await ada.wait_for(says("Right."))
        assert "<b>" not in text_of(told)
        # Telegram itself links the address that is a site's name.
        assert {entity["type"] for entity in told.get("entities", ())} <= {"url"}
        await boss.wait_for(says("calcinosis-cutis", "parse entities"))


async def test_a_picture_refused_by_its_name_goes_as_bytes_once(
    ada: Person, settings: Settings, refusing: list[Refuses]
) -> None:
    """Whatever Telegram's words for an old name of a picture are, the case comes."""

    def by_name(method: str, params: Mapping[str, Any]) -> str | None:
        media = params.get("media")
        by_name = isinstance(media, dict) and not str(media["media"]).startswith("attach:")
        return "Some_new_reason" if method == "sendPoll" and by_name else None

    async with running_bot(settings):
        await given(ada, "/case calcinosis-cutis")
        refusing.append(by_name)
        await given(ada, "/case calcinosis-cutis")


async def test_where_polls_are_forbidden_the_asker_and_an_administrator_hear_it(
    sandbox: SandboxClient, ada: Person, settings: Settings
) -> None:
    """Somebody unreachable brought the bot: an administrator whom it can reach is told."""
    eve = await sandbox.person("Eve", language_code="en")
    group: Chat = await sandbox.chat("supergroup", "Ward", admins=[eve, ada])
    async with running_bot(settings):
        await asked(ada, "/help", "/case")
        await group.set_member(BOT, "restricted", can_send_polls=False)
        sent = await group.send(eve, "/case")
        await group.wait_for(eve, says("may not send polls here"), after=sent["message_id"])
        await ada.wait_for(says("I may not send polls in Ward."))
        await until(lambda: _refused(settings))


async def _refused(settings: Settings) -> bool:
    sql = "SELECT count(*) FROM posts WHERE refused_at IS NOT NULL"
    return query(settings.database, sql) == [(1,)]
