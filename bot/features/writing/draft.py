"""A case while it is written in the chat: what was sent, and the case that it comes to.

Whatever an author sent is kept as it was sent, under its message: so that editing the message
changes the case, and reading a text anew takes nothing back that was settled since.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode
from msgspec.structs import replace

from content.drafting import DraftCase, PlacingError, placed, read_text

MOST_BYTES: Final = 200_000
"""How large a draft can be, as it is kept."""
MOST_DRAFTS: Final = 20
"""How many a person can have."""
REFERENCES: Final = "references"
CORRECT: Final = "correct"
_LONG_PART = 3500  # characters of a message that an app may have cut off
_ENDS = (".", "?", "!", ":", ";", "\n")


class SentText(Struct, frozen=True):
    """A part of a text that was sent in a row."""

    message_id: int
    text: str


class PartChange(Struct, frozen=True):
    """A part that was sent, or chosen, by itself: words to be placed, or the value itself.

    ``question`` is the place of the question that it belongs to, if it belongs to one.
    """

    part: str
    value: Any
    question: int = 0
    message_id: int | None = None


class PendingReferences(Struct, frozen=True):
    """References that were read from a message, whose ``text`` was this, and not confirmed yet."""

    fields: tuple[Mapping[str, Any], ...]
    uncertain: tuple[str, ...] = ()
    message_id: int | None = None
    text: str = ""


class CaseDraft(Struct, frozen=True):
    """All that there is of it. ``base`` is what the texts, or a file, were read as.

    ``taken`` are the references that were confirmed, by their messages. ``read``: its author sends
    no more of the text. ``problems``: what was not understood of it.
    ``case_id`` names the published case that this is a change of.
    """

    texts: tuple[SentText, ...] = ()
    read: bool = False
    base: Mapping[str, Any] = {}
    problems: tuple[str, ...] = ()
    changes: tuple[PartChange, ...] = ()
    pending: PendingReferences | None = None
    taken: tuple[PendingReferences, ...] = ()
    case_id: str | None = None

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
        return bool(self.texts) and not self.read

    @property
    def takes_text(self) -> bool:
        """Whether more text can be sent: not where it was read from a file."""
        return bool(self.texts) or not self.base

    def case(self) -> DraftCase:
        """The case so far. What cannot be placed any more since the text was read anew is out.

        Where that said which choice is right, none is: another one was meant than the text says.
        """
        case: DraftCase = self.base
        for change in self.changes:
            try:
                case = _changed(case, change)
            except PlacingError:
                if change.part == CORRECT:
                    case = _without_key(case, change.question)
        return case

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
        _changed(self.case(), change)
        others = tuple(one for one in self.changes if not _replaced(one, change))
        return replace(self, changes=(*others, change))

    def edited(self, message_id: int, text: str) -> "CaseDraft":
        """With a message's new words, wherever they belong. Raises PlacingError."""
        if any(sent.message_id == message_id for sent in self.texts):
            return self.with_text(message_id, text)
        found = [one for one in self.changes if one.message_id == message_id]
        if not found or not isinstance(found[0].value, str):
            return self
        change = replace(found[0], value=text)
        at = self.changes.index(found[0])
        _changed(replace(self, changes=self.changes[:at]).case(), change)
        return replace(self, changes=(*self.changes[:at], change, *self.changes[at + 1 :]))

    def references_of(self, message_id: int | None) -> PendingReferences | None:
        """What a message gave of references, confirmed or not."""
        every = (*([self.pending] if self.pending else ()), *self.taken)
        return next((one for one in every if one.message_id == message_id), None)

    def part_of(self, message_id: int) -> str:
        """Which part a message gave; ``text`` where it is some of the whole."""
        return next((one.part for one in self.changes if one.message_id == message_id), "text")


def joined(texts: Sequence[str]) -> str:
    """Parts of one text, as apps cut it into messages: amid a sentence, where it was too long."""
    whole, last = "", ""
    for text in texts:
        cut = len(last) >= _LONG_PART and not last.rstrip(" ").endswith(_ENDS)
        whole += (" " if cut else "\n\n") * bool(whole) + text
        last = text
    return whole


def _without_key(case: DraftCase, question: int) -> DraftCase:
    questions = [dict(each) for each in case.get("questions", ())]
    if question < len(questions):
        choices = questions[question].get("choices", ())
        bare = [{key: each[key] for key in each if key != CORRECT} for each in choices]
        questions[question]["choices"] = bare
    return {**case, "questions": questions}


def _changed(case: DraftCase, change: PartChange) -> DraftCase:
    if isinstance(change.value, str):
        return placed(case, change.part, change.value, question=change.question)
    return {**case, change.part: change.value}


def _replaced(earlier: PartChange, later: PartChange) -> bool:
    """Reasons of choices add up; choices keep what was said of them."""
    same = (earlier.part, earlier.question) == (later.part, later.question)
    return same and later.part not in {"whys", "choices"}
