"""A message in a group that names somebody who is to be named there no more."""

from msgspec.structs import replace

from bot.features.shared.messages import edited
from storage.chat_facts import NameTakenOut
from storage.namings import NamingMessage
from storage.outcome import Outcome, OwedCall

_SAME = frozenset({"text", "caption", "parse_mode", "link_preview_options", "reply_markup"})


def take_name_out(posted: NamingMessage) -> Outcome:
    """Edit it; what it says of everybody else stays as it was posted."""
    params = {name: value for name, value in posted.params.items() if name in _SAME}
    call = OwedCall(posted.chat_id, "sendMessage", params, broadcast=True, quotes=posted.quotes)
    call = edited(call, posted.message_id)
    if "caption" in params:
        call = replace(call, method="editMessageCaption")
    return Outcome((NameTakenOut(posted.chat_id, posted.message_id),), (call,))
