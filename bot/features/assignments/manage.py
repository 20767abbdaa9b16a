"""What an educator does about an assignment: looks, tries it, extends, cancels, reminds."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.features.assignments import page_view as views
from bot.features.assignments import typed_time_view
from bot.features.assignments.assignment_buttons import AssignmentPress, AssignmentVerb
from bot.features.assignments.assignment_cards import live_cases, questions_in
from bot.features.assignments.assignment_draft import LAST_MINUTE, LONGEST_MS, closing, days_later
from bot.features.assignments.educators import own_assignment
from bot.features.assignments.page_view import PageShown, Turnout
from bot.features.assignments.work import try_it
from bot.features.shared.messages import edited, quoting
from bot.features.shared.shown_names import shown_name
from bot.features.shared.texts import old_button
from bot.features.shared.typed_dates import date_names
from bot.features.shared.visitors import Visit, said
from bot.features.sittings.plan import time_for
from bot.scheduling.typed_moments import LONGEST, Moment, Reading, read_moment
from bot.scheduling.wall_time import wall
from bot.scheduling.zones import label
from bot.services import Services
from storage.assignment_facts import AllReminded, AssignmentCancelled, AssignmentExtended
from storage.assignments import Assignment
from storage.cohorts import Cohort
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome, OwedCall

FOR_EDUCATORS = frozenset(AssignmentVerb) - {AssignmentVerb.SEE, AssignmentVerb.DO}


async def manage(
    services: Services, who: Visit, pressed: AssignmentPress, message_id: int
) -> Outcome:
    """A press on an assignment's page; rights are judged here and now."""
    found = await own_assignment(services, who.person_id, pressed.assignment_id)
    if found is None:
        return Outcome((who.met,), toast=views.not_yours(who.words))
    one, cohort = found
    if pressed.verb is AssignmentVerb.PAGE:
        return said(who, edited(await page_of(services, who, one, cohort), message_id))
    if pressed.verb is AssignmentVerb.TRY:
        return await try_it(services, who, one)
    if _is_over(services, one):
        call = edited(await page_of(services, who, one, cohort), message_id)
        return Outcome((who.met,), (call,), views.is_over(who.words))
    match pressed.verb:
        case AssignmentVerb.EXTEND:
            return await _extend(services, who, pressed, found, message_id)
        case AssignmentVerb.TYPED:
            return _awaiting(
                services, who, one, views.until_when(who.person_id, label(cohort.zone), who.words)
            )
        case AssignmentVerb.CANCEL:
            return said(
                who, edited(views.sure_to_cancel(who.person_id, one, who.words), message_id)
            )
        case AssignmentVerb.VOID:
            return await _cancel(services, who, found, message_id)
        case AssignmentVerb.REMIND:
            return _remind(services, who, one, cohort)
    return Outcome((who.met,), toast=old_button(who.words))


def _is_over(services: Services, one: Assignment) -> bool:
    """Also while it closes: some may have been told the key already."""
    return one.is_over or one.closes_at <= services.clock.now()


async def page_of(
    services: Services, who: Visit, one: Assignment, cohort: Cohort, cases: int | None = None
) -> OwedCall:
    """An assignment's page; ``cases`` where it is not on record yet."""
    people = {each.person_id: each for each in await services.store.assignments.people(one.id)}
    finished, begun, to_begin = list[str](), list[str](), list[str]()
    named, others = list[tuple[int, str]](), False
    for member in await services.store.cohorts.people(cohort.id):
        if member.teaches:
            continue
        if not member.named:
            others = True
            continue
        # Who joined when it was over never had it to do.
        if member.person_id not in people:
            continue
        state = people[member.person_id].state
        group = to_begin if state is None else finished if state == "handed_in" else begun
        group.append(member.name)
        named.append((member.person_id, member.name))
    count = len(await live_cases(services, one.id)) if cases is None else cases
    turnout = Turnout(finished, begun, to_begin, others)
    shown = PageShown(one, cohort, count, turnout, services.clock.now())
    page = views.page(who.person_id, shown, who.words)
    return quoting(page, *((number, shown_name(name, who.words)) for number, name in named))


async def _extend(
    services: Services,
    who: Visit,
    pressed: AssignmentPress,
    found: tuple[Assignment, Cohort],
    message_id: int,
) -> Outcome:
    """So many days more; a second press on the same button adds none."""
    one, cohort = found
    minute, _, days = pressed.value.partition("-")
    if days not in {"1", "7"}:
        return Outcome((who.met,), toast=old_button(who.words))
    if minute != f"{one.due_at // 60_000:x}":
        call = edited(await page_of(services, who, one, cohort), message_id)
        return Outcome((who.met,), (call,), views.changed_meanwhile(who.words))
    due_at = days_later(one.due_at, int(days), ZoneInfo(cohort.zone))
    if due_at <= services.clock.now():
        return _awaiting(services, who, one, typed_time_view.past(who.person_id, who.words))
    return await _extended(services, who, found, due_at, message_id)


async def _extended(
    services: Services,
    who: Visit,
    found: tuple[Assignment, Cohort],
    due_at: int,
    message_id: int | None,
) -> Outcome:
    one, cohort = found
    closes_at = max(one.closes_at, closing(due_at, late=one.late))
    exam_ms = time_for(await questions_in(services, one.id))
    now = services.clock.now()
    fact = AssignmentExtended(one.id, due_at, closes_at, exam_ms, now)
    later = replace(one, due_at=due_at, closes_at=closes_at)
    call = await page_of(services, who, later, cohort)
    shown = call if message_id is None else edited(call, message_id)
    return Outcome((who.met, fact), (shown,), views.extended(who.words))


async def extend_typed(services: Services, who: Visit, text: str) -> Outcome:
    """The time until which there is more was written."""
    number, _, written = text.partition(" ")
    found = None
    if number.isdecimal() and number.isascii() and int(number) < 1 << 63:
        found = await own_assignment(services, who.person_id, int(number))
    if found is None or _is_over(services, found[0]):
        return said(who, views.nothing_to_extend(who.person_id, who.words))
    one, cohort = found
    now = services.clock.now()
    reading = Reading(now, ZoneInfo(cohort.zone), LAST_MINUTE, last=True)
    when = read_moment(written[:LONGEST], reading, date_names(who.words))
    if not isinstance(when, Moment):
        call = typed_time_view.not_a_time(who.person_id, when, who.words)
        return _awaiting(services, who, one, call)
    if when.at <= now:
        return _awaiting(services, who, one, typed_time_view.past(who.person_id, who.words))
    if when.at <= one.due_at:
        return _awaiting(services, who, one, views.no_longer(who.person_id, who.words))
    if when.at > now + LONGEST_MS:
        return _awaiting(services, who, one, typed_time_view.too_far(who.person_id, who.words))
    note = typed_time_view.taken_as(who.person_id, when, now, cohort.zone, who.words)
    done = await _extended(services, who, found, when.at, None)
    return Outcome(done.facts, (*((note,) if note else ()), *done.owed))


def _awaiting(services: Services, who: Visit, one: Assignment, call: OwedCall) -> Outcome:
    command = f"assign extend {one.id}"
    return Outcome((who.met, CommandAwaited(who.person_id, command, services.clock.now())), (call,))


async def _cancel(
    services: Services, who: Visit, found: tuple[Assignment, Cohort], message_id: int
) -> Outcome:
    one, cohort = found
    now = services.clock.now()
    over = replace(one, cancelled_at=now)
    call = edited(await page_of(services, who, over, cohort), message_id)
    return Outcome((who.met, AssignmentCancelled(one.id, now)), (call,))


def _remind(services: Services, who: Visit, one: Assignment, cohort: Cohort) -> Outcome:
    """Once on each day of the cohort's calendar."""
    if not one.is_open:
        return Outcome((who.met,), toast=old_button(who.words))
    now, zone = services.clock.now(), ZoneInfo(cohort.zone)
    last = one.reminded_at
    if last is not None and wall(last, zone).date() == wall(now, zone).date():
        return Outcome((who.met,), toast=views.reminded_today(who.words))
    return Outcome((who.met, AllReminded(one.id, now)), toast=views.reminded(who.words))
