"""A question ends before its time: no more answers, and its results come as at its end."""

from typing import Any

from bot.base.i18n import Words
from bot.features.shared.chat_settings import Layout
from bot.features.shared.messages import markup
from bot.features.shared.question_buttons import QuestionRef, explanation_button
from bot.services import Services
from storage.outcome import Outcome, OwedCall
from storage.question_facts import ClosingDue
from storage.questions import PutQuestion


async def end_question(services: Services, asked: PutQuestion, now: int, words: Words) -> Outcome:
    """End a question that has arrived; ``now`` is UTC milliseconds.

    Its poll is stopped first, so that nobody votes in vain; what people did before is still read.
    Copies of it that a kill left go before, as far as it is known where they stand.
    """
    ended = Outcome((ClosingDue(asked.post_id, asked.position, now),))
    if asked.layout == Layout.BUTTONS or asked.message_id is None:
        return ended
    known = await services.store.polls.open_copies(asked.post_id, asked.position)
    copies = [one for one in known if one != asked.message_id]
    stops = [stop_copy(asked, message_id, words) for message_id in copies]
    # Closing waits for the call of this name.
    key = f"stop:{asked.post_id:x}:{asked.position:x}"
    return ended + Outcome(owed=(*stops, _stop(asked, asked.message_id, key, words)))


def stop_copy(asked: PutQuestion, message_id: int, words: Words) -> OwedCall:
    """Nobody votes any more in another copy of a question's poll."""
    return _stop(asked, message_id, f"stop copy:{asked.chat_id}:{message_id}", words)


def _stop(asked: PutQuestion, message_id: int, key: str, words: Words) -> OwedCall:
    params: dict[str, Any] = {"message_id": message_id}
    if asked.layout == Layout.POLL:
        # Without a keyboard of its own the call would take the poll's away.
        ref = QuestionRef(asked.post_id, asked.position)
        params["reply_markup"] = markup(explanation_button(ref, words))
    return OwedCall(asked.chat_id, "stopPoll", params, edit_key=key)
