"""What follows from what Telegram refuses for good: recorded under the lock, whatever fails."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sending import rejections as module
from bot.sending.rejections import Rejections
from bot.services import Services
from bot.settings import Settings
from bot.telegram import bot_api
from bot.telegram.administrators import Rights
from storage.errors import StorageError
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outbox import OwedRow
from storage.outcome import NOTHING, About, Outcome
from tests.storage.samples import ADA, BEN, GROUP, NOW, answered
from tests.support.served_chats import BOT, again, join, put
from tests.support.services import commit, services_with_cases

ROOT = 99
BAD, NO_POLLS, KICKED = "Image_process_failed", "Not enough rights to send polls", "bot was kicked"


class Refused:
    """Refusals as sending tells them; what was committed, and asked of Telegram."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.working = asyncio.Lock()
        self.committed: list[Entry] = []
        self.asked: list[str] = []
        services.rights = Rights(self.ask, services.clock, BOT)
        self.rejections = Rejections(services, self.working, self.committed.extend)

    async def ask(self, method: str, _params: object) -> bot_api.Reply:
        """Ben administers every group."""
        assert not self.working.locked(), "nobody waits for Telegram under the lock"
        self.asked.append(method)
        return bot_api.Done([{"user": {"id": BEN, "is_bot": False}}])

    async def told(self, description: str, **row: Any) -> list[int]:
        """A call is refused; who hears of it."""
        fields = {"poll": None, "owed_at": NOW, "attempts": 0, "broadcast": False}
        owed = OwedRow(7, row.pop("chat_id", GROUP), "sendPoll", {}, **(fields | row))
        before = len(self.committed)
        await self.rejections.tell(owed, description)
        return [call.chat_id for one in self.committed[before:] for call in one.outcome.owed]


@pytest.fixture
async def refused(tmp_path: Path) -> AsyncIterator[Refused]:
    """A bot that Root administers."""
    async with services_with_cases(tmp_path, NOW) as services:
        services.settings = Settings(admins=frozenset({ROOT}))
        people = (PersonMet(one, "en", NOW) for one in (ADA, BEN, ROOT))
        await commit(services, Outcome(tuple(people)))
        yield Refused(services)


async def test_a_chat_that_is_lost_is_left(refused: Refused) -> None:
    """It is on record, and whoever hears of commits hears of it."""
    await join(refused.services)
    await refused.told(KICKED)
    chat = await refused.services.store.chats.get(GROUP)
    assert chat is not None
    assert chat.gone_at == NOW
    assert len(refused.committed) == 1


async def test_what_must_be_asked_first_is_asked_under_no_lock(refused: Refused) -> None:
    """Nobody knows who brought the bot: an administrator hears what is wrong there."""
    await join(refused.services, added_by=None)
    assert await refused.told(NO_POLLS) == [BEN]
    assert refused.asked == ["getChatAdministrators"]


async def test_a_case_that_telegram_does_not_take_is_told_to_administrators(
    refused: Refused,
) -> None:
    """At most hourly of the same; the question is closed, and another case may come."""
    asked = await put(refused.services, await join(refused.services), sent=False)
    about = About(asked.post_id, asked.position)
    assert ROOT in await refused.told(BAD, about=about)
    assert (await again(refused.services, asked)).closed_at is not None
    assert ROOT not in await refused.told(BAD, about=about)


async def test_a_commit_that_failed_has_told_nobody(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sending tries again until it is on record: then administrators hear of it."""
    asked = await put(refused.services, await join(refused.services), sent=False)
    about = About(asked.post_id, asked.position)
    commit_all = refused.services.store.ledger.commit

    async def fails(*_: object) -> None:
        raise StorageError("disk I/O error")

    monkeypatch.setattr(refused.services.store.ledger, "commit", fails)
    with pytest.raises(StorageError):
        await refused.told(BAD, about=about)
    assert refused.committed == []
    monkeypatch.setattr(refused.services.store.ledger, "commit", commit_all)
    assert ROOT in await refused.told(BAD, about=about)


async def cannot_be_kept(*_: object) -> Outcome:
    """A fact that the database refuses."""
    return Outcome((answered(ADA, post_id=404),))


async def has_a_flaw(*_: object) -> Outcome:
    """A mistake in a rule."""
    raise ValueError("Secret")


@pytest.mark.parametrize("rule", [cannot_be_kept, has_a_flaw])
async def test_what_cannot_follow_holds_up_nothing(
    refused: Refused, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, rule: Any
) -> None:
    """The call itself is settled; nothing is committed, or waited for; it is logged."""
    monkeypatch.setattr(module, "rejected_case", rule)
    assert await refused.told(BAD) == []
    assert refused.committed == []
    assert not refused.working.locked()
    assert "What follows from a refusal" in caplog.text


async def test_a_refusal_in_private_ends_no_chat(refused: Refused) -> None:
    """Whoever blocked the bot is noted elsewhere."""
    await join(refused.services)
    assert await refused.told(KICKED, chat_id=ADA) == []
    chat = await refused.services.store.chats.get(GROUP)
    assert chat is not None
    assert chat.gone_at is None
    assert [entry.outcome for entry in refused.committed] == [NOTHING]
