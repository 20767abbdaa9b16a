"""Joining a cohort: by name, under an alias, or as somebody who teaches it.

Nothing is stored of an invitation before it is accepted, and all is checked again at each press.
"""

from bot.base.i18n import Words
from bot.features.cohorts import consent_view, join_view
from bot.features.cohorts.approval import is_approved
from bot.features.cohorts.cohort_buttons import How, JoinPress
from bot.features.cohorts.cohort_names import LONGEST_ALIAS, alike, telegram_name, typed_name
from bot.features.cohorts.consent_view import TERMS_VERSION
from bot.features.cohorts.invitation import MOST_EDUCATORS, Invitation, invitation_of
from bot.features.cohorts.tell_cohort import tell_all
from bot.features.shared.messages import edited, with_buttons
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from storage.cohort_facts import CohortJoined, CohortLeft
from storage.cohorts import EDUCATOR, MEMBER
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.outcome import Outcome, OwedCall, Toast

ALIAS = "alias"
"""Follows `/cohorts` where the next text is an alias; then what was shown, and the link's token."""


async def open_link(services: Services, who: Visit, token: str) -> Outcome:
    """Somebody opens a link: what it invites them to, or why it does not."""
    return said(who, await _page(services, who, await invitation_of(services, token)))


async def press(services: Services, who: Visit, pressed: JoinPress, message_id: int) -> Outcome:
    """A button under an invitation."""
    if pressed.how is How.NO:
        return said(who, edited(join_view.declined(who.person_id, who.words), message_id))
    invitation = await invitation_of(services, pressed.token)
    refused = await _refused(services, who, invitation, pressed.shown)
    if refused is not None or invitation is None:
        page = refused or await _page(services, who, invitation)
        return said(who, edited(page, message_id))
    if invitation.to_teach is not (pressed.how is How.TEACHING):
        return Outcome((who.met,), toast=old_button(who.words))
    pressable = with_buttons(who.person_id, message_id, ())
    match pressed.how:
        case How.TEACHING:
            if len(invitation.educators) >= MOST_EDUCATORS and not invitation.link.hands_over:
                return Outcome((who.met,), toast=Toast(join_view.full(who.words), alert=True))
            return Outcome(owed=(pressable,)) + await _teaches(services, who, invitation)
        case How.ALIAS:
            completes = f"cohorts {ALIAS} {pressed.shown} {pressed.token}"
            awaited = CommandAwaited(who.person_id, completes, services.clock.now())
            return Outcome((who.met, awaited), (join_view.which_alias(who.person_id, who.words),))
    name = telegram_name(who.visitor)
    if not name:
        return said(who, edited(await _page(services, who, invitation), message_id))
    return Outcome(owed=(pressable,)) + _joined(services, who, invitation, name, named=True)


async def take_alias(services: Services, who: Visit, text: str) -> Outcome:
    """What somebody wrote as their alias, behind what was shown to them and the link's token."""
    shown, _, rest = text.partition(" ")
    token, _, written = rest.partition(" ")
    invitation = await invitation_of(services, token)
    refused = await _refused(services, who, invitation, shown)
    if refused is not None or invitation is None or invitation.to_teach:
        return said(who, refused or await _page(services, who, invitation))
    alias = typed_name(written, LONGEST_ALIAS)
    again = CommandAwaited(who.person_id, f"cohorts {ALIAS} {shown} {token}", services.clock.now())
    if alias is None:
        return Outcome((who.met, again), (join_view.alias_unfit(who.person_id, who.words),))
    people = await services.store.cohorts.people(invitation.cohort.id)
    if any(alike(one.name, alias) for one in people):
        return Outcome((who.met, again), (join_view.alias_taken(who.person_id, who.words),))
    return _joined(services, who, invitation, alias, named=False)


async def _refused(
    services: Services, who: Visit, invitation: Invitation | None, shown: str
) -> OwedCall | None:
    """What stands in the way of joining now; None: nothing, or that there is no invitation.

    Where other people teach than was shown, or other terms hold, that is to be read first.
    """
    if invitation is None:
        return None
    person = await services.store.cohorts.person(invitation.cohort.id, who.person_id)
    approved = not invitation.to_teach or await is_approved(services, who.person_id)
    if person is None and approved and shown == invitation.shown:
        return None
    return await _page(services, who, invitation)


async def _page(services: Services, who: Visit, invitation: Invitation | None) -> OwedCall:
    """What somebody reads who opens a link."""
    me, words = who.person_id, who.words
    if invitation is None:
        return join_view.no_such_link(me, words)
    cohort, to_teach = invitation.cohort, invitation.to_teach
    person = await services.store.cohorts.person(cohort.id, me)
    if person is not None and not person.teaches:
        return join_view.member_already(me, cohort.title, words, to_teach=to_teach)
    if person is not None and to_teach:
        return join_view.teaches_already(me, cohort.title, cohort.id, words)
    invited = invitation.invited(who)
    if person is not None:
        return consent_view.example(me, invited, words)
    if not to_teach:
        return consent_view.consent(me, invited, words)
    if not await is_approved(services, me):
        return join_view.to_be_approved(me, words)
    return consent_view.teaching(me, invited, words, hands_over=invitation.link.hands_over)


def _joined(
    services: Services, who: Visit, invitation: Invitation, name: str, *, named: bool
) -> Outcome:
    cohort, me = invitation.cohort, who.person_id
    joined = CohortJoined(
        cohort.id,
        me,
        MEMBER,
        name,
        None,
        named,
        TERMS_VERSION,
        services.clock.now(),
        invitation.link.token,
    )
    facts = (who.met, NothingAwaited(me), joined)
    return Outcome(facts, (join_view.joined(me, cohort.title, name, who.words),))


async def _teaches(services: Services, who: Visit, invitation: Invitation) -> Outcome:
    """Another educator, or one in place of who made the link; members and the maker are told."""
    cohort, link, me = invitation.cohort, invitation.link, who.person_id
    name, username = telegram_name(who.visitor), who.visitor.username
    joined = CohortJoined(
        cohort.id, me, EDUCATOR, name, username, True, 0, services.clock.now(), link.token
    )
    newcomer = join_view.Newcomer(me, name, username)
    calls = [join_view.teaches(me, cohort.title, cohort.id, who.words)]
    maker = None if link.made_by is None else await services.store.people.get(link.made_by)
    if maker is not None and maker.blocked_at is None:
        words = await words_of(services, maker.id)
        over = link.hands_over
        calls.append(join_view.link_used(maker.id, cohort.title, newcomer, words, over=over))
    left = (CohortLeft(cohort.id, link.made_by),) if link.hands_over and link.made_by else ()

    def told(chat_id: int, words: Words) -> OwedCall:
        return join_view.newcomer_told(chat_id, cohort.title, newcomer, words)

    members = await tell_all(services, cohort.id, MEMBER, told)
    return Outcome((who.met, joined, *left), (*calls, *members))
