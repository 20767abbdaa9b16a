"""`/practice`: a session or an exam is set up and begun, or the one that is open is found again."""

from msgspec.structs import replace

from bot.features.finding.search import topic_called
from bot.features.shared.messages import delete, edited
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said
from bot.features.sittings import set_up_view as views
from bot.features.sittings import sitting_replies_view as replies
from bot.features.sittings.begin import Beginning, begin
from bot.features.sittings.find_questions import count, take
from bot.features.sittings.hand_in import hand_in, is_late
from bot.features.sittings.plan import Mode, Plan, minutes_left
from bot.features.sittings.sitting_replies_view import SittingProgress
from bot.features.sittings.study import standing
from bot.services import Services
from storage.outcome import Outcome
from storage.sittings import Sitting


async def practice(services: Services, visit: Visit, text: str) -> Outcome:
    """What is open, or else what there is to choose; ``text`` may name a topic."""
    sitting = await services.store.sittings.current(visit.person_id)
    if sitting is not None:
        return await open_one(services, visit, sitting)
    topic = topic_called(text, services.library, visit.words) if text else None
    return await _page(services, visit, Plan(topic=topic or ""))


async def open_one(services: Services, visit: Visit, sitting: Sitting) -> Outcome:
    """What there is to do about the sitting that is open."""
    items = await services.store.sittings.items(sitting.id)
    if is_late(services, sitting):
        return Outcome((visit.met,)) + await hand_in(services, sitting, items, visit.words)
    stands = standing(items)
    if sitting.mode == Mode.EXAM:
        left = minutes_left(sitting.deadline or 0, services.clock.now())
        stands = SittingProgress(sum(item.draft is not None for item in items), len(items), left)
    return said(visit, replies.one_is_open(visit.person_id, sitting, stands, visit.words))


async def change(services: Services, visit: Visit, text: str, message_id: int) -> Outcome:
    """Another plan, in place of the message that showed the last."""
    plan = Plan.parse(text)
    if plan is None:
        return Outcome((visit.met,), toast=old_button(visit.words))
    page = await _page(services, visit, plan)
    return replace(page, owed=tuple(edited(call, message_id) for call in page.owed))


def topics(services: Services, visit: Visit, text: str, message_id: int) -> Outcome:
    """The topics to choose from, in place of the message; ``text`` names the page and the plan."""
    page, _, rest = text.partition(":")
    plan = Plan.parse(rest)
    if plan is None or not (page.isdecimal() and page.isascii()):
        return Outcome((visit.met,), toast=old_button(visit.words))
    names = list(services.library.topics)
    call = views.topics(visit.person_id, plan, names, int(page), visit.words)
    return said(visit, edited(call, message_id))


async def start(services: Services, visit: Visit, text: str, message_id: int) -> Outcome:
    """Begin what was planned, unless something is open already."""
    plan = Plan.parse(text)
    if plan is None:
        return Outcome((visit.met,), toast=old_button(visit.words))
    sitting = await services.store.sittings.current(visit.person_id)
    if sitting is not None:
        return await open_one(services, visit, sitting)
    number = services.sitting_ids.new(services.clock.now())
    taken = await take(services, visit, plan, number)
    if not taken.snapshots:
        return Outcome((visit.met, *taken.facts), toast=views.none_fits(visit.words))
    beginning = Beginning(number, visit.person_id, plan.mode, plan.to_json(), taken.snapshots)
    # What could be pressed once more is no longer there.
    gone = Outcome((visit.met, *taken.facts), (delete(visit.person_id, [message_id]),))
    return gone + await begin(services, beginning, visit.words)


async def _page(services: Services, visit: Visit, plan: Plan) -> Outcome:
    fit = await count(services, visit.person_id, plan)
    call = views.choose(visit.person_id, plan, fit.count, visit.words)
    return Outcome((visit.met, *fit.facts), (call,))
