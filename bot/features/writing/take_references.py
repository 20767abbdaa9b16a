"""References that an author pastes: read, shown as fields, and taken once they are confirmed."""

from msgspec.structs import replace

from bot.features.writing import references_view as views
from bot.features.writing.at_draft import AtDraft
from bot.features.writing.draft import REFERENCES, PartChange, PendingReferences
from bot.features.writing.parts import WantedPart
from bot.features.writing.references_view import ReadReferences
from bot.features.writing.steps import ask
from content.drafting import parse_reference, placed
from storage.outcome import Outcome


def read_references(text: str, message_id: int) -> PendingReferences:
    """One or several, numbered or a line each."""
    fields = placed({}, REFERENCES, text).get(REFERENCES, ())
    uncertain = parse_reference(text).uncertain if len(fields) == 1 else ()
    return PendingReferences(tuple(fields), tuple(uncertain), message_id)


def show_pending(at: AtDraft, pending: PendingReferences) -> Outcome:
    """What was understood; another message is taken in its place."""
    read = ReadReferences(at.draft_id, pending.fields, pending.uncertain)
    call = views.confirm_references(at.person_id, read, at.who.words)
    return at.showing(call, WantedPart(REFERENCES, at.draft_id))


def take(at: AtDraft) -> Outcome:
    """It is so: they stand behind those that the draft has."""
    pending = at.draft.pending
    if pending is None:
        return ask(at, REFERENCES)
    before = at.draft.case().get(REFERENCES, ())
    whole = [*before, *pending.fields]
    return _with(at, whole)


def mend(at: AtDraft) -> Outcome:
    """It is not so: it is sent anew."""
    call = views.mend_reference(at.person_id, at.draft_id, at.who.words)
    return at.showing(call, WantedPart(REFERENCES, at.draft_id))


def drop(at: AtDraft) -> Outcome:
    """It is not wanted."""
    at, kept = at.changed(replace(at.draft, pending=None))
    return kept + ask(at, REFERENCES)


def remove(at: AtDraft, number: int) -> Outcome:
    """The reference of this number, from 1, goes; texts that cite others may need mending."""
    before = list(at.draft.case().get(REFERENCES, ()))
    if not 1 <= number <= len(before):
        return ask(at, REFERENCES)
    return _with(at, before[: number - 1] + before[number:])


def _with(at: AtDraft, references: list[object]) -> Outcome:
    change = PartChange(REFERENCES, references)
    at, kept = at.changed(replace(at.draft, pending=None).with_change(change))
    return kept + ask(at, REFERENCES)
