"""answerCallbackQuery."""

import time
from typing import Final

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.wire import present
from bot.sandbox.world import ANSWER_WITHIN_S, World

MAX_ANSWER: Final = 200


async def answer_callback_query(world: World, params: Params) -> bool:
    """Tell the person who pressed a button; too late after 15 s."""
    callback = world.callbacks.get(params.text("callback_query_id"))
    if callback is None or time.monotonic() - callback.at_s > ANSWER_WITHIN_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if not callback.answer.done():
        callback.answer.set_result(
            present(text=text, show_alert=params.flag("show_alert"), url=params.text("url"))
        )
    return True


METHODS: Final = {"answerCallbackQuery": answer_callback_query}
