"""Who is an educator: asked for by a learner, decided by the bot's administrators."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cohorts import approval_view as views
from bot.features.cohorts.cohort_buttons import CohortPress, CohortVerb
from bot.features.cohorts.cohort_names import telegram_name
from bot.features.shared.messages import edited
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from storage.cohort_facts import RoleAsked, RoleDecided
from storage.cohorts import EDUCATOR, Role
from storage.outcome import Outcome, OwedCall, Toast


async def is_approved(services: Services, person_id: int) -> bool:
    """Whether somebody is an educator."""
    role = await services.store.cohorts.role(person_id, EDUCATOR)
    return role is not None and role.state == "approved"


async def offer(services: Services, who: Visit) -> OwedCall:
    """What somebody reads who is no educator."""
    role = await services.store.cohorts.role(who.person_id, EDUCATOR)
    if role is not None and role.state == "asked":
        return views.waiting(who.person_id, who.words)
    if not await _administrators(services):
        return views.nobody_to_ask(who.person_id, who.words)
    return views.may_ask(who.person_id, who.words)


async def ask(services: Services, who: Visit, message_id: int) -> Outcome:
    """Ask the administrators; once more while they have not decided does nothing."""
    role = await services.store.cohorts.role(who.person_id, EDUCATOR)
    waiting = edited(views.waiting(who.person_id, who.words), message_id)
    if role is not None and role.state == "asked":
        return said(who, waiting)
    if role is not None and role.state == "approved":
        told = views.decided(who.person_id, who.words, approved=True)
        return said(who, edited(told, message_id))
    administrators = await _administrators(services)
    if not administrators:
        return said(who, edited(views.nobody_to_ask(who.person_id, who.words), message_id))
    name, username = telegram_name(who.visitor), who.visitor.username
    now = services.clock.now()
    asked = RoleAsked(who.person_id, EDUCATOR, name, username, now)
    wish = Role(who.person_id, EDUCATOR, "asked", name, username, now, None, None, None)
    cards = [views.card(admin, wish, words) for admin, words in administrators]
    return Outcome((who.met, asked), (waiting, *cards))


async def decide(services: Services, who: Visit, pressed: CohortPress, message_id: int) -> Outcome:
    """An administrator's press on a card. Rights and state are judged at each."""
    if who.person_id not in services.settings.admins:
        return Outcome((who.met,), toast=old_button(who.words))
    role = await services.store.cohorts.role(pressed.ref, EDUCATOR)
    if role is None:
        gone = edited(views.gone_card(who.person_id, who.words), message_id)
        return Outcome((who.met,), (gone,), Toast(views.gone(who.words), alert=True))

    def shown(view: Callable[[int, Role, Words], OwedCall], role: Role) -> OwedCall:
        return edited(view(who.person_id, role, who.words), message_id)

    match pressed.verb, role.state:
        case CohortVerb.APPROVE | CohortVerb.REFUSE, "asked":
            approved = pressed.verb is CohortVerb.APPROVE
        case CohortVerb.TAKEN_BACK, "approved":
            approved = False
        case CohortVerb.TAKE_BACK, "approved":
            return said(who, shown(views.take_back_question, role))
        case (CohortVerb.KEPT, _) | (_, "asked"):
            view = views.card if role.state == "asked" else views.decided_card
            return said(who, shown(view, role))
        case _:
            toast = Toast(views.what_was_decided(role, who.words), alert=True)
            return Outcome((who.met,), (shown(views.decided_card, role),), toast)
    now, name = services.clock.now(), telegram_name(who.visitor)
    fact = RoleDecided(role.person_id, EDUCATOR, approved, who.person_id, name, now)
    after = replace(
        role,
        state="approved" if approved else "refused",
        decided_by=who.person_id,
        decided_by_name=name,
        decided_at=now,
    )
    calls = [shown(views.decided_card, after)]
    asker = await services.store.people.get(role.person_id)
    if asker is not None and asker.blocked_at is None:
        words = await words_of(services, asker.id)
        if role.state == "approved":
            calls.append(views.taken_back(asker.id, words))
        else:
            calls.append(views.decided(asker.id, words, approved=approved))
    return Outcome((who.met, fact), tuple(calls))


async def _administrators(services: Services) -> list[tuple[int, Words]]:
    """Those who can be asked, and the words for each."""
    found = []
    for admin in sorted(services.settings.admins):
        person = await services.store.people.get(admin)
        if person is not None and person.blocked_at is None:
            found.append((admin, await words_of(services, admin)))
    return found
