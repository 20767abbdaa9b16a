"""What handling one update (or one parked vote, or one due time) comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from storage.facts import Fact


@dataclass(frozen=True, slots=True)
class PollIntent:
    """Which question of which post a call puts, and how to know its poll again.

    ``fingerprint`` is the hash of question, options and key: see ``bot.fingerprint``. It is None
    where the question is put by buttons.
    """

    post_id: int
    position: int
    fingerprint: str | None


@dataclass(frozen=True, slots=True)
class OwedCall:
    """One finished Bot API call to be made, in order with the others of its chat.

    ``params`` is JSON: what the method takes, without ``chat_id``. Files stand in it as
    ``{"$figure": sha256}`` or ``{"$file": {"name": ..., "content": ...}}``. ``reply_to`` is the
    place, in the same Outcome, of the call whose message this one replies to. A call with an
    ``edit_key`` replaces an earlier one with that key that is not yet sent. ``common``: its text is
    what others are told as well, and says nothing of anybody, so that it may be kept once for all.
    """

    chat_id: int
    method: str
    params: Mapping[str, Any]
    broadcast: bool = False
    reply_to: int | None = None
    edit_key: str | None = None
    poll: PollIntent | None = None
    common: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a press of a button: shown briefly, kept nowhere."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Facts to record and calls owed to Telegram, committed together or not at all.

    ``toast`` is best effort, after the commit, and never stored.
    """

    facts: tuple[Fact, ...] = ()
    owed: tuple[OwedCall, ...] = ()
    toast: Toast | None = None

    def __add__(self, other: "Outcome") -> "Outcome":
        """Both, this one's calls first."""
        shift = len(self.owed)
        moved = tuple(
            call if call.reply_to is None else replace(call, reply_to=call.reply_to + shift)
            for call in other.owed
        )
        return Outcome(self.facts + other.facts, self.owed + moved, other.toast or self.toast)


NOTHING = Outcome()
