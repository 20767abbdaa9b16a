"""A case while it is written in the chat: what was sent, and the case that it comes to.

Whatever an author sent is kept as it was sent, under its message: so that editing the message
changes the case, and reading a text anew takes nothing back that was settled since.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode
from msgspec.structs import replace

from bot.features.drafts.draft_pictures import (
    DraftPicture,
    numbered,
    put,
    said_of,
    staying,
    with_figures,
    without,
)
from bot.features.drafts.part_change import CORRECT, PartChange, following, without_key
from content.drafting import DraftCase, Note, PlacingError, read_text

MOST_BYTES: Final = 200_000
"""How large a draft can be, as it is kept."""
MOST_DRAFTS: Final = 20
"""How many a person can have."""
REFERENCES: Final = "references"
_LONG_PART = 3500  # characters of a message that an app may have cut off
_ENDS = (".", "?", "!", ":", ";", "\n")


class SentText(Struct, frozen=True):
    """A part of a text that was sent in a row."""

    message_id: int
    text: str


class PendingReferences(Struct, frozen=True):
    """References that were read from a message, whose ``text`` was this, and not confirmed yet."""

    fields: tuple[Mapping[str, Any], ...]
    uncertain: tuple[Note, ...] = ()
    message_id: int | None = None
    text: str = ""


class CaseDraft(Struct, frozen=True):
    """All that there is of it. ``base`` is what the texts, or a file, were read as.

    ``read``: its author sends no more of the text. ``problems``: what was not understood of it.
    ``taken``: the references that were confirmed, by the messages that gave them.
    ``case_id`` names the published case that this is a change of.
    """

    texts: tuple[SentText, ...] = ()
    read: bool = False
    base: Mapping[str, Any] = {}
    problems: tuple[Note, ...] = ()
    changes: tuple[PartChange, ...] = ()
    pending: PendingReferences | None = None
    taken: tuple[PendingReferences, ...] = ()
    case_id: str | None = None
    pictures: tuple[DraftPicture, ...] = ()
    pictures_so_far: int = 0

    @classmethod
    def from_json(cls, document: str) -> "CaseDraft":
        """Read what ``to_json`` wrote; an empty draft of anything else."""
        try:
            return decode(document, type=cls)
        except DecodeError:
            return cls()

    def to_json(self) -> str:
        """As it is kept."""
        return encode(self).decode()

    @property
    def too_large(self) -> bool:
        """Whether it is more than can be kept."""
        return len(encode(self)) > MOST_BYTES

    @property
    def collecting(self) -> bool:
        """Whether its author may still be sending the text."""
        return bool(self.texts or self.pictures) and not self.read

    @property
    def takes_text(self) -> bool:
        """Whether more text can be sent: not where it was read from a file."""
        return bool(self.texts) or not self.base

    def case(self, case_id: str | None = None) -> DraftCase:
        """The case so far, with its pictures' files named as those of a case with this id.

        What cannot be placed any more since the text was read anew is out.

        Where that said which choice is right, none is: another one was meant than the text says.
        """
        case: DraftCase = self.base
        for change in self.changes:
            try:
                case = change.applied(case)
            except PlacingError:
                if change.part == CORRECT:
                    case = without_key(case, change.question)
        named = [] if case_id is None else [case_id]
        return with_figures(case, self.pictures, *named)

    def picture(self, number: int) -> DraftPicture | None:
        """The picture with this number."""
        return numbered(self.pictures, number)

    def with_picture(self, picture: DraftPicture) -> "CaseDraft":
        """With a picture, or with what is said of it."""
        many = max(self.pictures_so_far, picture.number)
        return replace(self, pictures=put(self.pictures, picture), pictures_so_far=many)

    def without_picture(self, number: int) -> "CaseDraft":
        """Without a picture."""
        return replace(self, pictures=without(self.pictures, number))

    @property
    def unanswered_picture(self) -> DraftPicture | None:
        """The first of which its author has more to say."""
        return next((one for one in staying(self.pictures) if one.unanswered is not None), None)

    @property
    def pictures_to_come(self) -> bool:
        """Whether one is still to be fetched, or something is to be said of it."""
        return not all(one.whole for one in staying(self.pictures))

    def with_text(self, message_id: int, text: str) -> "CaseDraft":
        """With one more part of the text, or this one in place of what the message said before."""
        if any(sent.message_id == message_id for sent in self.texts):
            texts = tuple(
                SentText(message_id, text) if sent.message_id == message_id else sent
                for sent in self.texts
            )
        else:
            texts = (*self.texts, SentText(message_id, text))
        changed = replace(self, texts=texts)
        return changed.reading() if self.read else changed

    def reading(self) -> "CaseDraft":
        """Its text is whole, and read."""
        read = read_text(joined([sent.text for sent in self.texts]))
        base = read.drafts[0] if read.drafts else {}
        return replace(self, read=True, base=base, problems=read.problems)

    def with_change(self, change: PartChange) -> "CaseDraft":
        """With this part in place of what was there. Raises PlacingError where it cannot be one."""
        change = change.anchored(self.case())
        others = tuple(one for one in self.changes if not change.replaces(one))
        return replace(self, changes=(*others, change))

    def edited(self, message_id: int, text: str) -> "CaseDraft":
        """With a message's new words, wherever they belong. Raises PlacingError."""
        if any(sent.message_id == message_id for sent in self.texts):
            return self.with_text(message_id, text).following(self)
        if (picture := said_of(self.pictures, message_id, text)) is not None:
            return self.with_picture(picture)
        found = [one for one in self.changes if one.message_id == message_id]
        if not found or found[0].part == REFERENCES:
            return self
        if found[0].says(text):
            return replace(self)
        at = self.changes.index(found[0])
        as_it_was = replace(self, changes=self.changes[:at]).case()
        change = replace(found[0], value=text, sent="").anchored(as_it_was)
        changes = (*self.changes[:at], change, *self.changes[at + 1 :])
        return replace(self, changes=changes).following(self)

    def following(self, before: "CaseDraft") -> "CaseDraft":
        """With the reasons of choices that are the same as before in other words."""
        changes = following(self.changes, before.case(), self.case())
        return replace(self, changes=changes)

    def references_of(self, message_id: int) -> PendingReferences | None:
        """What a message gave of references, confirmed or not."""
        waits = self.pending is not None and self.pending.message_id == message_id
        return self.pending if waits else self._taken_from(message_id)

    def with_references(self) -> "CaseDraft":
        """With those that wait to be confirmed: in place of what their message gave before, if it
        did, or of what has the same DOI or PubMed number, else behind the others; what is there
        already stays once.
        """
        pending = self.pending
        if pending is None:
            return self
        known = self._taken_from(pending.message_id)
        before = list(self.case().get(REFERENCES, ()))
        kept = [one for one in before if known is None or one not in known.fields]
        at = next((n for n, one in enumerate(before) if one not in kept), len(kept))
        new = [one for one in pending.fields if one not in kept]
        for place, old in enumerate(kept):
            if (same := next((one for one in new if _same_work(old, one)), None)) is not None:
                new.remove(same)
                kept[place] = {**old, **same}
        others = tuple(one for one in self.taken if one is not known)
        drawn = replace(self, pending=None, taken=(*others, pending))
        return drawn.with_change(PartChange(REFERENCES, [*kept[:at], *new, *kept[at:]]))

    def _taken_from(self, message_id: int | None) -> PendingReferences | None:
        found = (one for one in self.taken if one.message_id == message_id)
        return None if message_id is None else next(found, None)

    def part_of(self, message_id: int) -> str:
        """Which part a message gave; ``text`` where it is some of the whole."""
        if said_of(self.pictures, message_id, "") is not None:
            return "picture"
        return next((one.part for one in self.changes if one.message_id == message_id), "text")


def joined(texts: Sequence[str]) -> str:
    """Parts of one text, as apps cut it into messages: amid a sentence, where it was too long."""
    whole, last = "", ""
    for text in texts:
        cut = len(last) >= _LONG_PART and not last.rstrip(" ").endswith(_ENDS)
        whole += (" " if cut else "\n\n") * bool(whole) + text
        last = text
    return whole


def _same_work(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(
        one.get(key) and str(one[key]).casefold() == str(other.get(key, "")).casefold()
        for key in ("doi", "pmid")
    )
