"""What handling one update (or one parked vote, or one due time) comes to."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storage.facts import Fact


class PollIntent(Struct, frozen=True):
    """Which question of which post a call puts, and how to know its poll again.

    ``fingerprint`` is the hash of question, options and key by which the poll is known again; None
    where the question is put by buttons.
    """

    post_id: int
    position: int
    fingerprint: str | None


class About(Struct, frozen=True):
    """The question that a call puts or tells of; without a position, the post it is about."""

    post_id: int
    position: int | None = None


class Quote(Struct, frozen=True):
    """What an owed call says of a person, as it stands in its text: a name, or their own words."""

    person_id: int
    words: str


class Phone(Struct, frozen=True):
    """The message in which somebody in a live round has a question, or is to have it."""

    round_id: int
    person_id: int
    position: int


class Afterwards(Struct, frozen=True):
    """A call that is owed to a chat once another one is over; nobody waits for it."""

    method: str
    params: Mapping[str, Any]


class CardShown(Struct, frozen=True):
    """An item's card that a message shows to one of those who decide on it."""

    card_id: int
    person_id: int


class DraftShown(Struct, frozen=True):
    """The draft that a message shows its author: its page, or a part of what learners would see."""

    draft_id: int
    page: bool


class OwedCall(Struct, frozen=True):
    """One finished Bot API call to be made, in order with the others of its chat.

    ``params`` is JSON: what the method takes, without ``chat_id``. Files stand in it as
    ``{"$figure": sha256}``, with a ``name`` where it goes as a document, or as
    ``{"$file": {"name": ..., "content": ...}}``, and what is made when it is sent as what it shows:
    ``{"$chart": ...}``, ``{"$workbook": ...}`` or ``{"$qr": link}``, each with the HTML that is
    said ``instead`` where it cannot be made (``bot.files``).
    ``reply_to`` is the place, in the same Outcome, of the call whose message this one replies to.
    A call with an ``edit_key`` replaces an earlier one with that key that is not yet sent.
    ``common`` is how its text begins where others are told the same; as it says nothing of anybody,
    it is kept once.
    ``quotes``, at most one of a person, are blotted out if that person has themselves erased.
    Calls ``about`` one question belong together: where one is refused, those after it are dropped.
    Its message is known as that in which the chat has the item's ``card``, or the presenter's
    ``panel`` of a live round, if it is one, or as one that shows a ``draft``. The page of a draft
    that was to be edited and is not there any more is sent as a new message.
    What stands on a ``phone`` is sent, and its message known; or where the question stands there
    already once this is sent, it is that message's new text. So are a ``card`` or a ``panel`` with
    an ``edit_key``; a card's is ``storage.item_cards.card_key``.
    ``afterwards`` is owed once this one is over, whether Telegram took it or not.
    """

    chat_id: int
    method: str
    params: Mapping[str, Any]
    broadcast: bool = False
    reply_to: int | None = None
    edit_key: str | None = None
    poll: PollIntent | None = None
    common: str = ""
    quotes: tuple[Quote, ...] = ()
    about: About | None = None
    afterwards: Afterwards | None = None
    card: int | None = None
    panel: int | None = None
    phone: Phone | None = None
    draft: DraftShown | None = None


class Toast(Struct, frozen=True):
    """The answer to a press of a button: shown briefly, kept nowhere."""

    text: str = ""
    alert: bool = False
    url: str | None = None


class Outcome(Struct, frozen=True):
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
