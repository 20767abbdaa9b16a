"""A question ends before its time: no more answers, and its results come as at its end."""

from typing import Any

from bot.base.i18n import Words
from bot.features.shared.chat_settings import Layout
from bot.features.shared.messages import markup
from bot.features.shared.question_buttons import QuestionRef, explanation_button
from storage.outcome import Outcome, OwedCall
from storage.question_facts import ClosingDue
from storage.questions import PutQuestion


def end_question(asked: PutQuestion, now: int, words: Words) -> Outcome:
    """End a question that has arrived; ``now`` is UTC milliseconds.

    Its poll is stopped first, so that nobody votes in vain; what people did before is still read.
    """
    ended = Outcome((ClosingDue(asked.post_id, asked.position, now),))
    if asked.layout == Layout.BUTTONS or asked.message_id is None:
        return ended
    params: dict[str, Any] = {"message_id": asked.message_id}
    if asked.layout == Layout.POLL:
        # Without a keyboard of its own the call would take the poll's away.
        ref = QuestionRef(asked.post_id, asked.position)
        params["reply_markup"] = markup(explanation_button(ref, words))
    key = f"stop:{asked.post_id:x}:{asked.position:x}"
    return ended + Outcome(owed=(OwedCall(asked.chat_id, "stopPoll", params, edit_key=key),))
