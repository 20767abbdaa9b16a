"""What Telegram's replies mean for a call that was owed."""

from typing import Any, cast

import pytest
from msgspec.structs import replace
from telegram import Bot

from bot.base.time_units import DAY_MS
from bot.files.file_process import FileProcess
from bot.sending.delivery import Deliverer, Delivery, FileSources, TokenRevokedError
from bot.telegram import bot_api
from storage.figures import Figures, StoredFigure
from storage.outbox import Outbox, OwedRow
from storage.outcome import About, DraftShown, PollIntent
from storage.settlements import Moved, Postponed, Refused, Sent, SentPoll, Settlement
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
    return OwedRow(7, chat_id, more.pop("method", "sendMessage"), **(defaults | more))


async def deliver(
    monkeypatch: pytest.MonkeyPatch,
    reply: bot_api.Reply,
    owed: OwedRow,
    figures: FakeFigures | None = None,
) -> Delivery:
    async def call(*args: object, **more: object) -> bot_api.Reply:
        return reply

    monkeypatch.setattr(bot_api, "call", call)
    files = FileSources(
        cast("Figures", figures or FakeFigures(None)), FileProcess(), cast("Outbox", None)
    )
    deliverer = Deliverer(cast("Bot", None), files, CLOCK, 1.0, lambda *_: None)
    return await deliverer.deliver(owed)


class FakeOutbox:
    """Says of everything whether it is owed as it stands."""

    def __init__(self, stands: bool) -> None:
        self.stands = stands
        self.asked: list[OwedRow] = []

    async def still_owes(self, row: OwedRow) -> bool:
        self.asked.append(row)
        return self.stands


LATER = Postponed(7, done_perhaps=False)
NOTHING_MORE = {"pause_s": 0.0, "gone": False, "answered": True, "rate_limited": False}
"""What most answers mean for their chat."""


@pytest.mark.parametrize(
    ("reply", "chat_id", "settlement", "more"),
    [
        (bot_api.Done({"message_id": 5}), PERSON, Sent(7, 5, None, {}, NOW), {}),
        (bot_api.Done([{"message_id": 5}, {"message_id": 6}]), 1, Sent(7, 5, None, {}, NOW), {}),
        (bot_api.Done([]), PERSON, Sent(7, None, None, {}, NOW), {}),
        (bot_api.Done(True), PERSON, Sent(7, None, None, {}, NOW), {}),
        (bot_api.TooMany(9), PERSON, LATER, {"pause_s": 9, "rate_limited": True}),
        (bot_api.GroupUpgraded(-100), GROUP, Moved(7, GROUP, -100), {}),
        (bot_api.NotAllowed("blocked"), PERSON, Refused(7, "blocked"), {"gone": True}),
        (bot_api.NotAllowed("kicked"), GROUP, Refused(7, "kicked"), {}),
        (bot_api.Wrong("Chat not found"), PERSON, Refused(7, "Chat not found"), {"gone": True}),
        (bot_api.Wrong("Chat not found"), GROUP, Refused(7, "Chat not found"), {}),
        (bot_api.Wrong("text is too long"), PERSON, Refused(7, "text is too long"), {}),
        (bot_api.Wrong("message is not modified: x"), PERSON, Sent(7), {}),
        (bot_api.Wrong("Message is not modified: x"), PERSON, Sent(7), {}),
        (bot_api.UpdatesTaken("Conflict"), PERSON, LATER, {"pause_s": 5.0}),
        (
            bot_api.NoAnswer("timed out"),
            PERSON,
            Postponed(7, done_perhaps=True),
            {"pause_s": 1.0, "answered": False},
        ),
    ],
)
async def test_each_reply_has_its_meaning(
    monkeypatch: pytest.MonkeyPatch,
    reply: bot_api.Reply,
    chat_id: int,
    settlement: Settlement,
    more: dict[str, Any],
) -> None:
    """Done, to be tried again, for good not, or elsewhere; and what it means for the chat."""
    owed = row(chat_id)
    delivery = await deliver(monkeypatch, reply, owed)
    assert (delivery.row, delivery.settlement) == (owed, settlement)
    means = {name: getattr(delivery, name) for name in NOTHING_MORE}
    assert means == NOTHING_MORE | more


@pytest.mark.parametrize("shown", [DraftShown(5, page=True), None])
async def test_a_drafts_page_that_is_not_there_any_more_is_sent_anew(
    monkeypatch: pytest.MonkeyPatch, shown: DraftShown | None
) -> None:
    """Its author deleted it: a new message shows the draft then. Others' edits are over."""
    asked: list[tuple[str, dict[str, Any]]] = []
    gone = bot_api.Wrong("Bad Request: message to edit not found")

    async def call(_bot: Bot, method: str, params: dict[str, Any], *_: object) -> bot_api.Reply:
        asked.append((method, params))
        return gone if method == "editMessageText" else bot_api.Done({"message_id": 9})

    monkeypatch.setattr(bot_api, "call", call)
    files = FileSources(cast("Figures", FakeFigures(None)), FileProcess(), cast("Outbox", None))
    deliverer = Deliverer(cast("Bot", None), files, CLOCK, 1.0, lambda *_: None)
    owed = row(method="editMessageText", params={"text": "a", "message_id": 8}, draft=shown)
    settlement = (await deliverer.deliver(owed)).settlement
    if shown is None:
        assert isinstance(settlement, Refused)
        assert len(asked) == 1
    else:
        assert asked[1:] == [("sendMessage", {"chat_id": PERSON, "text": "a"})]
        assert settlement == Sent(7, 9, None, {}, NOW, draft=shown)


async def test_an_edited_page_is_known_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which messages another page takes the place is decided where it is owed."""
    owed = row(method="editMessageText", params={"message_id": 8}, draft=DraftShown(5, page=True))
    delivery = await deliver(monkeypatch, bot_api.Done({"message_id": 8}), owed)
    assert delivery.settlement == Sent(7, 8, None, {}, NOW)


async def test_what_telegram_answers_is_told_with_how_long_it_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the clock's seconds, whatever the answer is."""
    told: list[object] = []
    monkeypatch.setattr(StillClock, "monotonic", lambda _: float(len(seen)))
    seen: list[None] = [None]
    reply = bot_api.TooMany(9)

    async def call(*_args: object, **_more: object) -> bot_api.Reply:
        seen.extend([None, None, None])
        return reply

    monkeypatch.setattr(bot_api, "call", call)
    files = FileSources(cast("Figures", FakeFigures(None)), FileProcess(), cast("Outbox", None))
    deliverer = Deliverer(cast("Bot", None), files, CLOCK, 1.0, lambda *all_: told.extend(all_))
    await deliverer.deliver(row())
    assert told == ["sendMessage", reply, 3.0]


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
    delivery = await deliver(monkeypatch, bot_api.Done(result), row())
    assert isinstance(delivery.settlement, Sent)
    assert delivery.settlement.poll is None, "somebody else's poll, forwarded"
    delivery = await deliver(
        monkeypatch, bot_api.Done({"message_id": 5}), row(poll=PollIntent(1, 0, None))
    )
    assert isinstance(delivery.settlement, Sent)
    assert delivery.settlement.poll is None, "the question stands on buttons"


async def test_pauses_grow_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an answer: ever slower, at most a minute, and not for more than a day."""
    silence = bot_api.NoAnswer("timed out")
    pauses = [
        (await deliver(monkeypatch, silence, row(attempts=n, owed_at=CLOCK.now()))).pause_s
        for n in range(9)
    ]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize(
    ("waited_ms", "attempts", "given_up"),
    [
        (DAY_MS + 1, 20, True),
        (DAY_MS, 20, False),
        (DAY_MS + 1, 19, False),
        (0, 1000, False),
        (30 * DAY_MS, 1, False),
    ],
)
async def test_silence_is_given_up_after_a_day_and_twenty_tries(
    monkeypatch: pytest.MonkeyPatch, waited_ms: int, attempts: int, given_up: bool
) -> None:
    """Neither alone: not a bot that was off for a month, nor one whose network fails often."""
    owed = row(attempts=attempts, owed_at=NOW - waited_ms)
    delivery = await deliver(monkeypatch, bot_api.NoAnswer("timed out"), owed)
    assert not delivery.answered
    if given_up:
        words = "no answer from Telegram for a day"
        assert delivery.settlement == Refused(7, words, done_perhaps=True)
    else:
        assert delivery.settlement == Postponed(7, done_perhaps=True)


@pytest.mark.parametrize(
    ("reply", "again"),
    [
        (bot_api.NotAllowed("Forbidden: bot was kicked from the group chat"), True),
        (bot_api.Wrong("Bad Request: not enough rights to send text messages"), True),
        (bot_api.Wrong("Bad Request: message is too long"), False),
    ],
)
async def test_what_a_group_refuses_for_now_is_tried_again_after_an_hour(
    monkeypatch: pytest.MonkeyPatch, reply: bot_api.Reply, again: bool
) -> None:
    """Results of a question, where rights or membership can come back; else they are over."""
    for about, expected in ((About(1, 0), NOW + 3_600_000 if again else None), (None, None)):
        settlement = (await deliver(monkeypatch, reply, row(GROUP, about=about))).settlement
        assert isinstance(settlement, Refused)
        assert settlement.try_at == expected


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
    for reply in (bot_api.Wrong("not enough rights"), bot_api.NotAllowed("no file for you")):
        other = FakeFigures("known")
        delivery = await deliver(monkeypatch, reply, owed, other)
        assert (delivery.settlement, other.forgotten) == (Refused(7, reply.description), [])
    delivery = await deliver(monkeypatch, wrong, row(), other := FakeFigures("known"))
    assert (delivery.settlement, other.forgotten) == (Refused(7, wrong.description), [])


@pytest.mark.parametrize("taken", [True, False])
async def test_a_text_whose_marks_telegram_dislikes_goes_as_its_words(
    monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    """At once, and once; whoever looks after the bot is told what Telegram said of it."""
    dislikes = bot_api.Wrong("can't parse entities: unsupported start tag")
    asked: list[dict[str, Any]] = []

    async def call(_bot: object, _method: str, params: Any, *_: object) -> bot_api.Reply:
        asked.append(dict(params))
        done = len(asked) > 1 and taken
        return bot_api.Done({"message_id": 5}) if done else dislikes

    monkeypatch.setattr(bot_api, "call", call)
    files = FileSources(cast("Figures", FakeFigures(None)), FileProcess(), cast("Outbox", None))
    deliverer = Deliverer(cast("Bot", None), files, CLOCK, 1.0, lambda *_: None)
    marked = {"text": "<b>Sodium</b> &lt; 135", "parse_mode": "HTML"}
    delivery = await deliverer.deliver(row(params=marked))
    assert [one["text"] for one in asked] == ["<b>Sodium</b> &lt; 135", "Sodium < 135"]
    assert "parse_mode" not in asked[1]
    assert delivery.without_markup == dislikes.description
    assert isinstance(delivery.settlement, Sent if taken else Refused)


async def test_a_figure_that_is_nowhere_ends_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its bytes it can never be sent."""
    owed = row(params={"photo": {"$figure": "b" * 64}})
    delivery = await deliver(monkeypatch, bot_api.Done(True), owed)
    assert delivery.settlement == Refused(7, "a figure's bytes are missing")


@pytest.mark.parametrize("stands", [True, False])
async def test_what_changed_while_its_file_was_made_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, stands: bool
) -> None:
    """Who is erased meanwhile is not in what goes out."""
    calls: list[object] = []

    async def call(_bot: object, method: str, *_args: object, **_more: object) -> bot_api.Reply:
        calls.append(method)
        return bot_api.Done({"message_id": 5})

    monkeypatch.setattr(bot_api, "call", call)
    outbox = FakeOutbox(stands)
    files = FileSources(cast("Figures", FakeFigures(None)), FileProcess(), cast("Outbox", outbox))
    deliverer = Deliverer(cast("Bot", None), files, CLOCK, 1.0, lambda *_: None)
    code = replace(row(params={"photo": {"$qr": "a", "instead": ""}}), method="sendPhoto")
    delivery = await deliverer.deliver(code)
    assert outbox.asked == [code]
    assert calls == (["sendPhoto"] if stands else [])
    assert delivery.settlement == (Sent(7, 5, None, {}, NOW) if stands else LATER)
