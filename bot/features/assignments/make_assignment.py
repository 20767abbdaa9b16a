"""`/assign`: a cohort's assignments, and a new one, chosen part by part and made."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.features.assignments import assign_view as asked
from bot.features.assignments import assignment_draft_view as views
from bot.features.assignments import typed_time_view
from bot.features.assignments.assignment_draft import (
    LAST_MINUTE,
    MORNING,
    MOST_CASES,
    SIZES,
    AssignmentDraft,
    Due,
    Opens,
    What,
    times,
    wrong,
)
from bot.features.assignments.assignment_draft_view import AssignmentDraftShown
from bot.features.assignments.choose_cases import fitting, named_cases, take
from bot.features.assignments.educators import taught_cohort, taught_cohorts
from bot.features.assignments.manage import extend_typed, page_of
from bot.features.cases.private_post import figures_to_keep
from bot.features.shared.buttons import read_id
from bot.features.shared.messages import edited
from bot.features.shared.texts import old_button
from bot.features.shared.typed_dates import date_names
from bot.features.shared.visitors import Visit, said
from bot.features.sittings.plan import Mode
from bot.scheduling.typed_moments import LONGEST, Moment, Reading, read_moment
from bot.scheduling.zones import label
from bot.services import Services
from storage.assignment_facts import (
    AssignmentDrafted,
    AssignmentMade,
    CaseAssigned,
    DraftDropped,
)
from storage.assignments import Assignment
from storage.facts import Fact, SnapshotTaken
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.outcome import Outcome, OwedCall


async def assign(services: Services, who: Visit, text: str) -> Outcome:
    """The command: of one cohort, by its number, or with something that was asked for."""
    verb, _, rest = text.strip().partition(" ")
    match verb:
        case "opens" | "due":
            return await _typed_time(services, who, rest, due=verb == "due")
        case "codes":
            return await _typed_codes(services, who, rest)
        case "extend":
            return await extend_typed(services, who, rest)
    cohorts = await taught_cohorts(services, who.person_id)
    chosen = [cohort for cohort in cohorts if str(cohort.id) == verb] or cohorts
    if not chosen:
        return said(who, asked.no_cohort(who.person_id, who.words))
    if len(chosen) > 1:
        return said(who, asked.which_cohort(who.person_id, chosen, who.words))
    listed = await services.store.assignments.of_cohort(chosen[0].id)
    return said(who, asked.assignments(who.person_id, chosen[0], listed, who.words))


async def press(services: Services, who: Visit, data: str, message_id: int) -> Outcome:
    """A button of the page: something is chosen, or is to be; or it is assigned."""
    part, _, value = data.partition(":")
    if part == "new":
        return await _new(services, who, value)
    draft = await _draft(services, who)
    if draft is None:
        return Outcome((who.met,), toast=old_button(who.words))
    match part:
        case "topics" if value.isdecimal() and value.isascii():
            names = list(services.library.topics)
            call = asked.topics(who.person_id, names, int(value), who.words)
            return said(who, edited(call, message_id))
        case "cohorts":
            cohorts = await taught_cohorts(services, who.person_id)
            call = asked.cohorts_for_draft(who.person_id, cohorts, who.words)
            return said(who, edited(call, message_id))
        case "codes" | "opens" | "due" if part == "codes" or value == "typed":
            return await _ask(services, who, draft, part)
        case "make":
            return await _make(services, who, draft, message_id)
    changed = _changed(draft, part, value)
    if changed is None:
        return Outcome((who.met,), toast=old_button(who.words))
    return await _page(services, who, changed, message_id)


def _changed(draft: AssignmentDraft, part: str, value: str) -> AssignmentDraft | None:
    """The draft with another value in a part of it; None where there is no such thing."""
    change = _CHANGES.get(part)
    try:
        return None if change is None else change(draft, value)
    except ValueError:
        return None


def _sized(draft: AssignmentDraft, value: str) -> AssignmentDraft:
    if int(value) not in SIZES:
        raise ValueError(value)
    return replace(draft, size=int(value))


_CHANGES: dict[str, Callable[[AssignmentDraft, str], AssignmentDraft]] = {
    "topic": lambda draft, value: replace(draft, what=What.TOPIC, topic=value),
    "what": lambda draft, value: replace(draft, what=What(value)),
    "size": _sized,
    "mode": lambda draft, value: replace(draft, mode=Mode(value)),
    "explained": lambda draft, value: replace(draft, after_due=value == "1"),
    "opens": lambda draft, value: replace(draft, opens=Opens(value), opens_at=None),
    "due": lambda draft, value: replace(draft, due=Due(value), due_at=None),
    "late": lambda draft, value: replace(draft, late=value == "1"),
    "cohort": lambda draft, value: replace(draft, cohort_id=read_id(value)),
}


async def _new(services: Services, who: Visit, value: str) -> Outcome:
    try:
        number = read_id(value)
    except ValueError:
        return Outcome((who.met,), toast=old_button(who.words))
    return await _page(services, who, AssignmentDraft(number))


async def _draft(services: Services, who: Visit) -> AssignmentDraft | None:
    kept = await services.store.assignments.draft(who.person_id)
    return None if kept is None else AssignmentDraft.from_json(kept)


async def _page(
    services: Services, who: Visit, draft: AssignmentDraft, message_id: int | None = None
) -> Outcome:
    """The draft is kept and shown, in place of a message if one is named."""
    cohort = await taught_cohort(services, who.person_id, draft.cohort_id)
    if cohort is None:
        return said(who, asked.no_cohort(who.person_id, who.words))
    now = services.clock.now()
    chosen = times(draft, now, ZoneInfo(cohort.zone))
    cases = await fitting(services, who.person_id, draft)
    cohorts = await taught_cohorts(services, who.person_id)
    shown = AssignmentDraftShown(
        *(draft, cohort, chosen, wrong(chosen, now)),
        *(_takes(draft, len(cases)), len(cases), len(cohorts) > 1, now),
    )
    call = views.page(who.person_id, shown, who.words)
    kept = AssignmentDrafted(who.person_id, draft.to_json(), now)
    return Outcome((who.met, kept), (call if message_id is None else edited(call, message_id),))


def _takes(draft: AssignmentDraft, fitting: int) -> int:
    return fitting if draft.what in {What.CODES, What.WEAKEST} else min(draft.size, fitting)


async def _ask(services: Services, who: Visit, draft: AssignmentDraft, part: str) -> Outcome:
    """The next text says it."""
    cohort = await taught_cohort(services, who.person_id, draft.cohort_id)
    if cohort is None:
        return said(who, asked.no_cohort(who.person_id, who.words))
    if part == "codes":
        call = asked.which_codes(who.person_id, MOST_CASES, who.words)
    else:
        place = label(cohort.zone)
        call = asked.which_time(who.person_id, place, who.words, due=part == "due")
    return _awaiting(services, who, part, call)


def _awaiting(services: Services, who: Visit, part: str, call: OwedCall) -> Outcome:
    awaited = CommandAwaited(who.person_id, f"assign {part}", services.clock.now())
    return Outcome((who.met, awaited), (call,))


async def _typed_time(services: Services, who: Visit, text: str, *, due: bool) -> Outcome:
    draft = await _draft(services, who)
    cohort = draft and await taught_cohort(services, who.person_id, draft.cohort_id)
    if draft is None or not cohort:
        return await assign(services, who, "")
    now, part = services.clock.now(), "due" if due else "opens"
    reading = Reading(now, ZoneInfo(cohort.zone), LAST_MINUTE if due else MORNING, last=due)
    found = read_moment(text[:LONGEST], reading, date_names(who.words))
    if not isinstance(found, Moment):
        call = typed_time_view.not_a_time(who.person_id, found, who.words)
        return _awaiting(services, who, part, call)
    if found.at <= now:
        return _awaiting(services, who, part, typed_time_view.past(who.person_id, who.words))
    changed = replace(draft, due_at=found.at) if due else replace(draft, opens_at=found.at)
    note = typed_time_view.taken_as(who.person_id, found, now, cohort.zone, who.words)
    page = await _page(services, who, changed)
    return replace(page, owed=(*((note,) if note else ()), *page.owed))


async def _typed_codes(services: Services, who: Visit, text: str) -> Outcome:
    draft = await _draft(services, who)
    if draft is None:
        return await assign(services, who, "")
    cases, unknown = named_cases(text, services.library)
    if unknown or not cases:
        call = asked.no_such_codes(who.person_id, unknown or [text], who.words)
        return _awaiting(services, who, "codes", call)
    ids = tuple(case.id for case in cases)
    return await _page(services, who, replace(draft, what=What.CODES, cases=ids))


async def _make(services: Services, who: Visit, draft: AssignmentDraft, message_id: int) -> Outcome:
    """It is assigned, with the cases as they are today; its page takes the message's place."""
    cohort = await taught_cohort(services, who.person_id, draft.cohort_id)
    if cohort is None:
        return said(who, asked.no_cohort(who.person_id, who.words))
    now = services.clock.now()
    chosen = times(draft, now, ZoneInfo(cohort.zone))
    number = services.assignment_ids.new(now)
    cases = await take(services, who.person_id, draft, number)
    if not cases or wrong(chosen, now) is not None:
        page = await _page(services, who, draft, message_id)
        return replace(page, toast=views.not_made_now(who.words))
    made = AssignmentMade(
        *(number, cohort.id, who.person_id, views.title(draft, len(cases), who.words)),
        *(draft.mode, draft.explained, draft.late, now),
        *(chosen.opens_at, chosen.due_at, chosen.closes_at),
    )
    facts: list[Fact] = [who.met, made, DraftDropped(who.person_id), NothingAwaited(who.person_id)]
    for place, case in enumerate(cases):
        snapshot = services.library.snapshot(case)
        facts += [
            SnapshotTaken(snapshot.digest, snapshot.to_json(), now),
            *await figures_to_keep(services, snapshot),
            CaseAssigned(number, place, case.id, snapshot.digest),
        ]
    assignment = Assignment(
        *(number, cohort.id, who.person_id, made.title, made.mode, made.explained, made.late, now),
        *(chosen.opens_at, chosen.due_at, chosen.closes_at),
    )
    call = await page_of(services, who, assignment, cohort, len(cases))
    return Outcome(tuple(facts), (edited(call, message_id),))
