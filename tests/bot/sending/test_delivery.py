"""What Telegram's replies mean for a call that was owed."""

from typing import Any, cast

import pytest
from telegram import Bot

from bot.sending.delivery import GIVE_UP_AFTER_MS, Deliverer, Delivery, TokenRevokedError
from bot.telegram import bot_api
from storage.figures import Figures, StoredFigure
from storage.outbox import Moved, OwedRow, Postponed, Refused, Sent, SentPoll
from storage.outcome import PollIntent
from tests.support.services import StillClock

NOW = 1_000_000_000
CLOCK = StillClock(at=NOW)
PERSON, GROUP = 1, -2
SHA = "a" * 64


class FakeFigures:
    """One figure, and what was forgotten about it."""

    def __init__(self, file_id: str | None) -> None:
        self.figure = StoredFigure(SHA, b"\x89PNG", file_id)
        self.forgotten: list[str] = []

    async def get(self, hashes: list[str]) -> dict[str, StoredFigure]:
        return {SHA: self.figure} if SHA in hashes else {}

    async def forget_file_id(self, sha256: str) -> None:
        self.forgotten.append(sha256)


def row(chat_id: int = PERSON, **more: Any) -> OwedRow:
    defaults = {
        "params": {"text": "a"},
        "poll": None,
        "owed_at": NOW,
        "attempts": 0,
        "broadcast": False,
    }
    return OwedRow(7, chat_id, "sendMessage", **(defaults | more))


async def deliver(
    monkeypatch: pytest.MonkeyPatch,
    reply: bot_api.Reply,
    owed: OwedRow,
    figures: FakeFigures | None = None,
) -> Delivery:
    async def call(*args: object, **more: object) -> bot_api.Reply:
        return reply

    monkeypatch.setattr(bot_api, "call", call)
    figures = figures or FakeFigures(None)
    deliverer = Deliverer(cast("Bot", None), cast("Figures", figures), CLOCK, 1.0, lambda *_: None)
    return await deliverer.deliver(owed)


@pytest.mark.parametrize(
    ("reply", "chat_id", "settlement", "gone"),
    [
        (bot_api.Done({"message_id": 5}), PERSON, Sent(7, 5, None, {}, NOW), False),
        (bot_api.Done(True), PERSON, Sent(7, None, None, {}, NOW), False),
        (bot_api.TooMany(9), PERSON, Postponed(7, done_perhaps=False), False),
        (bot_api.ChatMoved(-100), GROUP, Moved(7, GROUP, -100), False),
        (bot_api.NotAllowed("blocked"), PERSON, Refused(7, "blocked"), True),
        (bot_api.NotAllowed("kicked"), GROUP, Refused(7, "kicked"), False),
        (bot_api.Wrong("chat not found"), PERSON, Refused(7, "chat not found"), True),
        (bot_api.Wrong("text is too long"), PERSON, Refused(7, "text is too long"), False),
        (bot_api.Wrong("message is not modified: x"), PERSON, Sent(7), False),
        (bot_api.Wrong("Message is not modified: x"), PERSON, Sent(7), False),
        (bot_api.Wrong("Chat not found"), PERSON, Refused(7, "Chat not found"), True),
        (bot_api.Taken("Conflict"), PERSON, Postponed(7, done_perhaps=False), False),
        (bot_api.NoAnswer("timed out"), PERSON, Postponed(7, done_perhaps=True), False),
    ],
)
async def test_each_reply_has_its_meaning(
    monkeypatch: pytest.MonkeyPatch,
    reply: bot_api.Reply,
    chat_id: int,
    settlement: object,
    gone: bool,
) -> None:
    """Done, to be tried again, for good not, or elsewhere."""
    delivery = await deliver(monkeypatch, reply, row(chat_id))
    assert (delivery.settlement, delivery.gone) == (settlement, gone)
    assert delivery.answered == (not isinstance(reply, bot_api.NoAnswer))
    if isinstance(reply, bot_api.TooMany):
        assert delivery.pause == 9


async def test_an_unknown_token_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is neither sent nor refused."""
    with pytest.raises(TokenRevokedError):
        await deliver(monkeypatch, bot_api.BadToken(), row())


async def test_a_sent_poll_is_known_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its id and message are kept with the result."""
    result = {"message_id": 5, "poll": {"id": "99"}}
    delivery = await deliver(monkeypatch, bot_api.Done(result), row(poll=PollIntent(1, 0, "f")))
    assert isinstance(delivery.settlement, Sent)
    assert delivery.settlement.poll == SentPoll("99", CLOCK.now())


async def test_pauses_grow_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an answer: ever slower, at most a minute, and not for more than a day."""
    silence = bot_api.NoAnswer("timed out")
    pauses = [
        (await deliver(monkeypatch, silence, row(attempts=n, owed_at=CLOCK.now()))).pause
        for n in range(9)
    ]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    old = row(attempts=20, owed_at=CLOCK.now() - GIVE_UP_AFTER_MS - 1)
    assert isinstance((await deliver(monkeypatch, silence, old)).settlement, Refused)


async def test_a_stale_file_id_is_forgotten_and_the_call_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file_id that Telegram no longer takes costs one call; bytes that it refuses end it."""
    wrong = bot_api.Wrong("Bad Request: wrong file identifier/HTTP URL specified")
    owed = row(params={"photo": {"$figure": SHA}})
    known, unknown = FakeFigures("stale"), FakeFigures(None)
    delivery = await deliver(monkeypatch, wrong, owed, known)
    assert (delivery.settlement, known.forgotten) == (Postponed(7, done_perhaps=False), [SHA])
    delivery = await deliver(monkeypatch, wrong, owed, unknown)
    assert delivery.settlement == Refused(7, wrong.description)


async def test_a_figure_that_is_nowhere_ends_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its bytes it can never be sent."""
    owed = row(params={"photo": {"$figure": "b" * 64}})
    delivery = await deliver(monkeypatch, bot_api.Done(True), owed)
    assert delivery.settlement == Refused(7, "a figure's bytes are missing")
