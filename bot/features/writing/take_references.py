"""References that an author pastes: read, shown as fields, and taken once they are confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from bot.features.drafts import draft_references_view as views
from bot.features.drafts.at_draft import AtDraft, at_draft
from bot.features.drafts.case_draft import REFERENCES, PendingReferences
from bot.features.drafts.draft_references_view import ReadReferences
from bot.features.drafts.part_change import PartChange
from bot.features.drafts.parts import WantedPart
from bot.features.drafts.steps import ask
from bot.features.shared.visitors import Visitor, receive
from bot.services import LookupAsked, Services
from content.drafting import parse_reference, placed
from storage.outcome import NOTHING, Outcome


def read_references(text: str, message_id: int) -> PendingReferences:
    """One or several, numbered or a line each."""
    fields = placed({}, REFERENCES, text).get(REFERENCES, ())
    uncertain = parse_reference(text).uncertain if len(fields) == 1 else ()
    return PendingReferences(tuple(fields), tuple(uncertain), message_id, text)


def show_pending(at: AtDraft, pending: PendingReferences) -> Outcome:
    """What was understood; another message is taken in its place."""
    if at.services.settings.lookup and any(map(_by_number_alone, pending.fields)):
        at.services.lookups.ask(LookupAsked(at.person_id, at.draft_id))
    read = ReadReferences(at.draft_id, pending.fields, pending.uncertain)
    call = views.confirm_references(at.person_id, read, at.who.words)
    return at.showing(call, WantedPart(REFERENCES, at.draft_id))


def _by_number_alone(fields: Mapping[str, Any]) -> bool:
    known = fields.get("title") and (fields.get("journal") or fields.get("site"))
    return bool(fields.get("doi") or fields.get("pmid")) and not known


async def to_look_up(services: Services, asked: LookupAsked) -> tuple[Mapping[str, Any], ...]:
    """What is known of each reference that waits to be looked up. Raises StorageError."""
    at = await _asker(services, asked)
    pending = at.draft.pending if at else None
    return tuple(filter(_by_number_alone, pending.fields)) if pending else ()


async def filled(
    services: Services,
    asked: LookupAsked,
    wanted: Sequence[Mapping[str, Any]],
    found: Sequence[Mapping[str, Any] | None],
) -> Outcome:
    """The references with what was found of those that were wanted, shown anew to be confirmed.

    Nothing where their author has taken, dropped or changed them meanwhile. Raises StorageError.
    """
    at = await _asker(services, asked)
    known = [(before, now) for before, now in zip(wanted, found, strict=False) if now]
    pending = at.draft.pending if at else None
    if at is None or pending is None or not known:
        return NOTHING
    fields = tuple(
        next(({**each, **now} for before, now in known if before == each), each)
        for each in pending.fields
    )
    if fields == pending.fields:
        return NOTHING
    whole = not any(map(_by_number_alone, fields))
    shown = replace(pending, fields=fields, uncertain=() if whole else pending.uncertain)
    at, kept = at.changed(replace(at.draft, pending=shown))
    read = ReadReferences(at.draft_id, shown.fields, shown.uncertain)
    return kept + at.shown_anew(views.confirm_references(at.person_id, read, at.who.words))


async def _asker(services: Services, asked: LookupAsked) -> AtDraft | None:
    """Whoever asked, at their draft, if it is still there."""
    who = await receive(services, Visitor(asked.person_id, None))
    at = await at_draft(services, who, asked.draft_id)
    return at and replace(at, pressed=at.page_id is not None)


def take(at: AtDraft) -> Outcome:
    """It is so: they are the draft's."""
    if at.draft.pending is None:
        return ask(at, REFERENCES)
    at, kept = at.changed(at.draft.with_references())
    return kept + ask(at, REFERENCES)


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
    change = PartChange(REFERENCES, before[: number - 1] + before[number:])
    at, kept = at.changed(at.draft.with_change(change))
    return kept + ask(at, REFERENCES)
