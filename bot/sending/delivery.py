"""One owed call: made, and judged by Telegram's reply."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from telegram import Bot

from bot.base.clock import Clock
from bot.base.time_units import HOUR_MS
from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.rejected_call import can_be_undone, meaning
from bot.files.file_process import FileProcess
from bot.sending.made_files import with_made_files
from bot.telegram import bot_api
from bot.telegram.uploads import MissingFigureError, Prepared, figure_hashes, file_ids, prepare
from storage.figures import Figures
from storage.outbox import Outbox, OwedRow
from storage.settlements import Moved, Postponed, Refused, Sent, SentPoll, Settlement

GIVE_UP_AFTER_MS = 24 * HOUR_MS  # ms of no answer from Telegram, since the call became owed
_GIVE_UP_TRIES = 20
_TAG = re.compile(r"<[^>]*>")
AGAIN_AFTER_MS = HOUR_MS  # ms until a chat that refused results is tried again
_LONGEST_PAUSE_S = 60.0  # seconds between tries


class Delivery(Struct, frozen=True):
    """What came of a call, and what it means for its chat.

    ``pause_s`` is seconds before the chat may be sent anything; ``gone``: nobody is there any more.
    ``answered`` is False where Telegram gave none at all; ``rate_limited``: it was too much for it.
    ``without_markup``: what Telegram said of a text that then went as plain text.
    """

    row: OwedRow
    settlement: Settlement
    pause_s: float = 0.0
    gone: bool = False
    answered: bool = True
    rate_limited: bool = False
    without_markup: str | None = None


class TokenRevokedError(Exception):
    """Telegram no longer knows the token."""


class FileSources(Struct, frozen=True):
    """Where the files of calls come from: those that are kept, and those made of what is owed."""

    figures: Figures
    process: FileProcess
    outbox: Outbox


class Deliverer:
    """Makes owed calls.

    ``timeout`` is the system's seconds that an answer may take; ``answered`` is told each answer:
    the method, the reply, and after how many of the clock's seconds it came.
    """

    def __init__(
        self,
        bot: Bot,
        files: FileSources,
        clock: Clock,
        timeout: float,
        answered: Callable[[str, bot_api.Reply, float], None],
    ) -> None:
        self._bot = bot
        self._figures = files.figures
        self._process = files.process
        self._outbox = files.outbox
        self._clock = clock
        self._timeout = timeout
        self._heard = answered

    async def deliver(self, row: OwedRow) -> Delivery:
        """Make the call once. Raises TokenRevokedError, StorageError."""
        owed, row = row, await with_made_files(row, self._process)
        # It takes seconds: whoever is erased meanwhile is not to be in what is sent.
        if row is not owed and not await self._outbox.still_owes(owed):
            return Delivery(owed, Postponed(owed.id, done_perhaps=False))
        hashes = list(figure_hashes(row.params))
        figures = await self._figures.get(hashes) if hashes else {}
        try:
            prepared = prepare(row.params, figures)
        except MissingFigureError:
            return Delivery(row, Refused(row.id, "a figure's bytes are missing"))
        reply = await self._call(row, prepared)
        if row.phone is not None and _is_gone(row, reply):
            # Its person deleted it: they are sent it anew.
            await self._outbox.has_no_message(row.phone)
            return Delivery(row, Postponed(row.id, done_perhaps=False))
        if row.draft is not None and _is_gone(row, reply):
            # Its author deleted it, or another page took its place just then.
            row = _as_new_message(row)
            prepared = prepare(row.params, figures)
            reply = await self._call(row, prepared)
        if not isinstance(reply, bot_api.Wrong) or not _is_of_content(row, reply.description):
            return self._judged(row, prepared, reply)
        if stale := [sha256 for sha256 in prepared.figures if sha256 not in prepared.uploaded]:
            return await self._upload_again(row, stale)
        if "text" in prepared.params and "parse_mode" in prepared.params:
            prepared.params = _as_plain_text(prepared.params)
            delivery = self._judged(row, prepared, await self._call(row, prepared))
            return replace(delivery, without_markup=reply.description)
        return self._judged(row, prepared, reply)

    async def _call(self, row: OwedRow, prepared: Prepared) -> bot_api.Reply:
        params = {"chat_id": row.chat_id, **prepared.params}
        begun = self._clock.monotonic()
        reply = await bot_api.call(self._bot, row.method, params, prepared.files, self._timeout)
        self._heard(row.method, reply, self._clock.monotonic() - begun)
        return reply

    def _judged(self, row: OwedRow, prepared: Prepared, reply: bot_api.Reply) -> Delivery:
        match reply:
            case bot_api.Done(result):
                return Delivery(row, _sent(row, prepared, result, self._clock.now()))
            case bot_api.TooMany(retry_after):
                later = Postponed(row.id, done_perhaps=False)
                return Delivery(row, later, pause_s=retry_after, rate_limited=True)
            case bot_api.GroupUpgraded(new_chat_id):
                return Delivery(row, Moved(row.id, row.chat_id, new_chat_id))
            case bot_api.NotAllowed(description):
                return Delivery(row, self._refused(row, description), gone=row.chat_id > 0)
            case bot_api.Wrong(description) if _says(description, "message is not modified"):
                return Delivery(row, Sent(row.id))
            case bot_api.Wrong(description):
                gone = row.chat_id > 0 and _says(description, "chat not found")
                return Delivery(row, self._refused(row, description), gone=gone)
            case bot_api.UpdatesTaken():
                return Delivery(row, Postponed(row.id, done_perhaps=False), pause_s=5.0)
            case bot_api.BadToken():
                raise TokenRevokedError
            case bot_api.NoAnswer():
                return self._unanswered(row)

    def _refused(self, row: OwedRow, description: str) -> Refused:
        if row.chat_id > 0:
            return Refused(row.id, description)
        problem = meaning(row.method, description)
        again = row.about is not None and can_be_undone(row.method, problem)
        return Refused(
            row.id,
            description,
            goes_on=problem is ChatProblem.NO_PHOTOS,
            try_at=self._clock.now() + AGAIN_AFTER_MS if again else None,
        )

    def _unanswered(self, row: OwedRow) -> Delivery:
        """Again, ever more slowly; but not for ever."""
        waited = self._clock.now() - row.owed_at
        if waited > GIVE_UP_AFTER_MS and row.attempts >= _GIVE_UP_TRIES:
            # The last try may have been done, and votes in its poll may still come.
            given_up = Refused(row.id, "no answer from Telegram for a day", done_perhaps=True)
            return Delivery(row, given_up, answered=False)
        pause_s = min(_LONGEST_PAUSE_S, 2.0 ** min(row.attempts, 6))
        return Delivery(row, Postponed(row.id, done_perhaps=True), pause_s=pause_s, answered=False)

    async def _upload_again(self, row: OwedRow, stale: Sequence[str]) -> Delivery:
        """Perhaps Telegram no longer takes a file_id: the bytes are still here, and go once."""
        for sha256 in stale:
            await self._figures.forget_file_id(sha256)
        return Delivery(row, Postponed(row.id, done_perhaps=False))


def _is_gone(row: OwedRow, reply: bot_api.Reply) -> bool:
    """Whether there is no message that could be edited."""
    if row.method != "editMessageText" or not isinstance(reply, bot_api.Wrong):
        return False
    return _says(reply.description, "message to edit not found")


def _as_new_message(row: OwedRow) -> OwedRow:
    """What was to stand in a message that is not there, as one of its own."""
    params = {name: value for name, value in row.params.items() if name != "message_id"}
    return replace(row, method="sendMessage", params=params)


def _is_of_content(row: OwedRow, description: str) -> bool:
    """Whether Telegram may have refused what is sent, and not where it goes."""
    if _says(description, "entit"):
        return True
    return meaning(row.method, description) is ChatProblem.REFUSED


def _as_plain_text(params: Mapping[str, Any]) -> dict[str, Any]:
    """A text without what Telegram may dislike in it: its words alone."""
    plain = {name: value for name, value in params.items() if name != "parse_mode"}
    return {**plain, "text": unescape(_TAG.sub("", params["text"]))}


def _says(description: str, words: str) -> bool:
    """Whether Telegram's words hold these; python-telegram-bot changes their capitals."""
    return words in description.lower()


def _sent(row: OwedRow, prepared: Prepared, result: Any, now: int) -> Sent:
    messages = [one for one in _listed(result) if isinstance(one, dict)]
    message_id = poll_id = None
    if messages:
        message_id = messages[0].get("message_id")
        poll_id = messages[0].get("poll", {}).get("id")
    poll = SentPoll(poll_id, now) if row.poll is not None and poll_id is not None else None
    about = row.about if row.chat_id < 0 else None
    shows: tuple[int, ...] = ()
    if row.chat_id > 0 and row.poll is None and row.about and row.about.position is not None:
        shows = tuple(one["message_id"] for one in messages if "message_id" in one)
    files = file_ids(prepared, result)
    # What is edited is known as the draft's page since it became owed.
    draft = None if row.method == "editMessageText" else row.draft
    return Sent(row.id, message_id, poll, files, now, about, shows, row.phone, draft, row.card)


def _listed(result: Any) -> list[Any]:
    return result if isinstance(result, list) else [result]
