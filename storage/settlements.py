"""What became of an owed call, and what follows from that in the database."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.json import decode
from msgspec.structs import asdict

from storage.chat_facts import ChatMoved
from storage.database import Transaction
from storage.drafts import keep_shown
from storage.item_cards import card_key
from storage.namings import keep_naming
from storage.outcome import About, Afterwards, CardShown, DraftShown, OwedCall, Phone
from storage.owing import AFTERWARDS, PANEL, Owing
from storage.parameters import parameters


class SentPoll(Struct, frozen=True):
    """What Telegram made of a sendPoll."""

    poll_id: str
    sent_at: int


class Sent(Struct, frozen=True):
    """Done: ``message_id`` is the (first) message's, where the method makes messages.

    ``sent_at`` is when Telegram said so; a question put to a chat is open from then on.
    ``file_ids`` maps the SHA-256 of each figure that was uploaded to Telegram's name for it.
    ``about``: the question of a group or channel that this belongs to. ``shows``: the messages,
    where they show a question to one person. ``phone``: what of a live round it is. ``draft``: what
    it shows of a draft. ``card``: the item's card that it shows.
    """

    row_id: int
    message_id: int | None = None
    poll: SentPoll | None = None
    file_ids: Mapping[str, str] | None = None
    sent_at: int | None = None
    about: About | None = None
    shows: tuple[int, ...] = ()
    phone: Phone | None = None
    draft: DraftShown | None = None
    card: CardShown | None = None


class Refused(Struct, frozen=True):
    """It will not be tried again; ``error`` says why, in Telegram's own words where it spoke.

    ``done_perhaps``: nobody can know that it was not done. ``goes_on``: what belongs with it is
    sent all the same. ``try_at`` (ms): people can undo what kept it from being sent, and what was
    to be told of a closed question is told anew then.
    """

    row_id: int
    error: str
    done_perhaps: bool = False
    goes_on: bool = False
    try_at: int | None = None


class Postponed(Struct, frozen=True):
    """Not done, to be tried again. ``done_perhaps``: nobody can know that it was not done."""

    row_id: int
    done_perhaps: bool


class Moved(Struct, frozen=True):
    """The chat has a new id; the row, not sent, and the chat's others go there."""

    row_id: int
    chat_id: int
    new_chat_id: int


Settlement = Sent | Refused | Postponed | Moved


_UNTOLD = """
    UPDATE questions SET tell_at = :try_at, untold_since = coalesce(
        untold_since, (SELECT owed_at FROM outbox WHERE id = :row_id))
    WHERE closed_at IS NOT NULL AND (post_id, position) =
        (SELECT about_post, about_position FROM outbox WHERE id = :row_id)
"""


_DROP_REST = """
    DELETE FROM outbox
    WHERE state = 'owed' AND id > :row_id AND (chat_id, about_post, about_position) =
        (SELECT chat_id, about_post, about_position FROM outbox WHERE id = :row_id)
"""


# All that was to be told of the question has been: with it, what else was untold there.
_TOLD = """
    UPDATE questions SET untold_since = NULL, tell_at = NULL
    WHERE tell_at IS NOT NULL AND (post_id, position) <= (:post_id, :position)
        AND (chat_id, (SELECT thread_id FROM posts p WHERE p.id = questions.post_id)) IS
            (SELECT q.chat_id, p.thread_id FROM questions q JOIN posts p ON p.id = q.post_id
             WHERE q.post_id = :post_id AND q.position = :position AND q.tell_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'owed'
            AND about_post = :post_id AND about_position = :position)
"""


# What shows a question of an exam is deleted when another is opened.
_SHOWN = """
    INSERT OR IGNORE INTO sitting_messages
    SELECT s.id, :message_id
    FROM outbox o
    JOIN sitting_items i ON (i.post_id, i.position) = (o.about_post, o.about_position)
    JOIN sittings s ON s.id = i.sitting_id AND s.mode = 'exam' AND s.state = 'open'
    WHERE o.id = :row_id
"""


# What was to be said goes, and to whom, where that is a person: nobody looks for it again.
_REFUSE = (
    "DELETE FROM quotes WHERE outbox_id = :row_id",
    """
    UPDATE outbox SET state = 'refused', chat_id = min(chat_id, 0), params = '{}', text = NULL,
        text_digest = NULL, edit_key = NULL, error = :error
    WHERE id = :row_id
    """,
)


# In which message somebody has what is edited later. The call itself may be owed no more: what it
# says was replaced while it was under way. Of who was erased meanwhile nothing is owed.
_ON_CARD = """
    INSERT OR REPLACE INTO item_card_messages
    SELECT id, :person_id, :message_id FROM item_cards
    WHERE id = :card_id
        AND EXISTS (SELECT 1 FROM outbox WHERE id = :row_id OR edit_key = :edit_key)
"""
_ON_PANEL = "UPDATE live_rounds SET panel_message = ? WHERE id = ? AND presenter = ?"
_ON_PHONE = """
    UPDATE live_people SET message_id = :message_id, message_position = :position
    WHERE round_id = :round_id AND person_id = :person_id
"""
_AFTERWARDS = f"""
    chat_id, owed_at, json_extract(params, '$."{AFTERWARDS}"') AS call,
    json_extract(params, '$."{PANEL}"') AS panel
"""
_OVER = f"DELETE FROM outbox WHERE id = ? RETURNING {_AFTERWARDS}"  # noqa: S608 - named above
_BEFORE_REFUSAL = f"SELECT {_AFTERWARDS} FROM outbox WHERE id = ?"  # noqa: S608 - named above


async def settle(transaction: Transaction, settlements: Sequence[Settlement], owing: Owing) -> None:
    """Record results, in this order."""
    for settlement in settlements:
        match settlement:
            case Sent():
                await _sent(transaction, settlement, owing)
            case Refused():
                await _refused(transaction, settlement, owing)
            case Postponed(row_id, done_perhaps):
                if not done_perhaps:
                    await _not_sent(transaction, row_id)
                await transaction.execute(
                    "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", (row_id,)
                )
            case Moved(row_id, chat_id, new_chat_id):
                await _not_sent(transaction, row_id)
                await _moved(transaction, chat_id, new_chat_id)


async def _sent(transaction: Transaction, sent: Sent, owing: Owing) -> None:
    if sent.message_id is not None:
        await _message_known(transaction, sent.row_id, sent.message_id, sent.sent_at)
    if sent.poll is not None:
        await _poll_known(transaction, sent.row_id, sent.message_id, sent.poll)
    for sha256, file_id in (sent.file_ids or {}).items():
        await transaction.execute(
            "UPDATE figures SET file_id = ? WHERE sha256 = ?", (file_id, sha256)
        )
    await keep_naming(transaction, sent.row_id, sent.message_id)
    for message_id in sent.shows:
        await transaction.execute(_SHOWN, {"message_id": message_id, "row_id": sent.row_id})
    if sent.phone is not None and sent.message_id is not None:
        at = {"message_id": sent.message_id, **asdict(sent.phone)}
        await transaction.execute(_ON_PHONE, at)
    if sent.card is not None and sent.message_id is not None:
        key = card_key(sent.card.card_id, sent.card.person_id)
        where = {"message_id": sent.message_id, "row_id": sent.row_id, "edit_key": key}
        await transaction.execute(_ON_CARD, {**where, **asdict(sent.card)})
    if sent.draft is not None and sent.message_id is not None:
        stale = await keep_shown(transaction, sent.draft, sent.row_id, sent.message_id)
        await transaction.write(list(owing.statements([stale], sent.sent_at or 0)))
    await _owe_afterwards(transaction, _OVER, sent.row_id, owing, sent.message_id)
    if sent.about is not None:
        about = {"post_id": sent.about.post_id, "position": sent.about.position}
        await transaction.execute(_TOLD, about)


async def _message_known(
    transaction: Transaction, row_id: int, message_id: int, sent_at: int | None
) -> None:
    """What was to reply to it does, and a question that it puts is open from then on."""
    await transaction.execute(
        """
        UPDATE outbox SET reply_to = NULL, params = json_set(
            params, '$.reply_parameters',
            json_object('message_id', ?, 'allow_sending_without_reply', json('true')))
        WHERE reply_to = ?
        """,
        (message_id, row_id),
    )
    await transaction.execute(
        """
        UPDATE questions SET message_id = :message_id, sent_at = :sent_at,
            closes_at = closes_at - put_at + coalesce(:sent_at, put_at)
        WHERE (post_id, position) = (SELECT post_id, position FROM outbox WHERE id = :row_id)
            AND sent_at IS NULL
        """,
        {"message_id": message_id, "sent_at": sent_at, "row_id": row_id},
    )


async def _poll_known(
    transaction: Transaction, row_id: int, message_id: int | None, poll: SentPoll
) -> None:
    """Votes in this poll are known from now on."""
    # A `poll` update may have matched this poll with an earlier, unanswered attempt.
    await transaction.execute(
        "UPDATE poll_attempts SET poll_id = NULL, totals = NULL, voters = NULL WHERE poll_id = ?",
        (poll.poll_id,),
    )
    await transaction.execute(
        """
        UPDATE poll_attempts SET poll_id = ?, message_id = ?, sent_at = ?
        WHERE id = (SELECT max(id) FROM poll_attempts WHERE outbox_id = ? AND poll_id IS NULL)
        """,
        (poll.poll_id, message_id, poll.sent_at, row_id),
    )
    await transaction.execute("DELETE FROM unknown_polls WHERE poll_id = ?", (poll.poll_id,))


async def _refused(transaction: Transaction, refused: Refused, owing: Owing) -> None:
    row_id = refused.row_id
    if not refused.done_perhaps:
        await _not_sent(transaction, row_id)
        if not refused.goes_on:
            await transaction.execute(_DROP_REST, {"row_id": row_id})
    if refused.try_at is not None:
        await transaction.execute(_UNTOLD, {"row_id": row_id, "try_at": refused.try_at})
    await _owe_afterwards(transaction, _BEFORE_REFUSAL, row_id, owing)
    for sql in _REFUSE:
        await transaction.execute(sql, {"error": refused.error, "row_id": row_id})


async def _owe_afterwards(
    transaction: Transaction, sql: str, row_id: int, owing: Owing, message_id: int | None = None
) -> None:
    """Owe what was to come after a call, which has been owed since that one was.

    ``message_id``: the message that it made, which may be a presenter's panel.
    """
    for chat_id, owed_at, document, panel in await transaction.rows(sql, (row_id,)):
        if panel is not None and message_id is not None:
            await transaction.execute(_ON_PANEL, (message_id, panel, chat_id))
        if document is not None:
            call = decode(document, type=Afterwards)
            owed = OwedCall(chat_id, call.method, call.params, broadcast=True)
            await transaction.write(list(owing.statements([(owed,)], owed_at)))


async def _not_sent(transaction: Transaction, row_id: int) -> None:
    """Telegram said no: the latest attempt made no poll."""
    await transaction.execute(
        """
        DELETE FROM poll_attempts
        WHERE id = (SELECT max(id) FROM poll_attempts WHERE outbox_id = ? AND poll_id IS NULL)
        """,
        (row_id,),
    )


async def _moved(transaction: Transaction, chat_id: int, new_chat_id: int) -> None:
    moved = ChatMoved(chat_id, new_chat_id)
    for statement in moved.STATEMENTS:
        await transaction.execute(statement, parameters(moved))
