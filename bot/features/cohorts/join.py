"""Joining a cohort: by name, under an alias, or as somebody who teaches it.

Nothing is stored of an invitation before it is accepted, and all is checked again at each press.
"""

from bot.base.i18n import Words
from bot.features.assignments.give import give_on_joining
from bot.features.cohorts import consent_view, join_view
from bot.features.cohorts.approval import is_approved
from bot.features.cohorts.cohort_buttons import How, JoinPress
from bot.features.cohorts.cohort_names import LONGEST_ALIAS, alike, telegram_name, typed_name
from bot.features.cohorts.consent_view import TERMS_VERSION
from bot.features.cohorts.invitation import MOST_EDUCATORS, Invitation, invitation_of
from bot.features.shared.messages import edited, with_buttons
from bot.features.shared.tell_cohort import tell_all
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from storage.cohort_facts import CohortJoined, CohortLeft
from storage.cohorts import EDUCATOR, MEMBER
from storage.flag_facts import CommandAwaited
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
    agreed = await _agreed(services, who, pressed.token, pressed.shown)
    name = telegram_name(who.visitor)
    if isinstance(agreed, Invitation) and pressed.how is How.NAMED and not name:
        agreed = await _page(services, who, agreed)
    if isinstance(agreed, OwedCall):
        return said(who, edited(agreed, message_id))
    if agreed.to_teach is not (pressed.how is How.TEACHING):
        return Outcome((who.met,), toast=old_button(who.words))
    if pressed.how is How.ALIAS:
        return _ask_alias(services, who, pressed.shown, pressed.token)
    if agreed.to_teach and len(agreed.educators) >= MOST_EDUCATORS and not agreed.link.hands_over:
        return Outcome((who.met,), toast=Toast(join_view.full(who.words), alert=True))
    # What was agreed to stays to be read, without its buttons.
    read = Outcome(owed=(with_buttons(who.person_id, message_id, ()),))
    if agreed.to_teach:
        return read + await _teaches(services, who, agreed)
    return read + await _joined(services, who, agreed, name, named=True)


async def take_alias(services: Services, who: Visit, text: str) -> Outcome:
    """What somebody wrote as their alias, behind what was shown to them and the link's token."""
    shown, _, rest = text.partition(" ")
    token, _, written = rest.partition(" ")
    agreed = await _agreed(services, who, token, shown)
    if isinstance(agreed, Invitation) and agreed.to_teach:
        agreed = await _page(services, who, agreed)
    if isinstance(agreed, OwedCall):
        return said(who, agreed)
    alias = typed_name(written, LONGEST_ALIAS)
    if alias is None:
        again = join_view.alias_unfit(who.person_id, who.words)
        return _ask_alias(services, who, shown, token, again)
    people = await services.store.cohorts.people(agreed.cohort.id)
    if any(alike(one.name, alias) for one in people):
        again = join_view.alias_taken(who.person_id, who.words)
        return _ask_alias(services, who, shown, token, again)
    return await _joined(services, who, agreed, alias, named=False)


def _ask_alias(
    services: Services, who: Visit, shown: str, token: str, again: OwedCall | None = None
) -> Outcome:
    completes = f"cohorts {ALIAS} {shown} {token}"
    awaited = CommandAwaited(who.person_id, completes, services.clock.now())
    call = again or join_view.which_alias(who.person_id, who.words)
    return Outcome((who.met, awaited), (call,))


async def _agreed(services: Services, who: Visit, token: str, shown: str) -> Invitation | OwedCall:
    """The invitation that somebody may accept now; else what they are to read instead.

    Where other people teach than was shown, or other terms hold, that is to be read first.
    """
    invitation = await invitation_of(services, token)
    if invitation is not None and shown == invitation.shown:
        person = await services.store.cohorts.person(invitation.cohort.id, who.person_id)
        approved = not invitation.to_teach or await is_approved(services, who.person_id)
        if person is None and approved:
            return invitation
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


async def _joined(
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
    facts = (who.met, joined)
    told = Outcome(facts, (join_view.joined(me, cohort.title, name, who.words),))
    return told + await give_on_joining(services, cohort.id, me, who.words)


async def _teaches(services: Services, who: Visit, invitation: Invitation) -> Outcome:
    """Another educator, or one in place of who made the link; members and the maker are told."""
    cohort, link, me = invitation.cohort, invitation.link, who.person_id
    name, username = telegram_name(who.visitor), who.visitor.username
    joined = CohortJoined(
        cohort.id, me, EDUCATOR, name, username, True, 0, services.clock.now(), link.token
    )
    educator = join_view.NewEducator(me, name, username)
    calls = [join_view.teaches(me, cohort.title, cohort.id, who.words)]
    maker = None if link.made_by is None else await services.store.people.get(link.made_by)
    if maker is not None and maker.blocked_at is None:
        words = await words_of(services, maker.id)
        over = link.hands_over
        calls.append(join_view.link_used(maker.id, cohort.title, educator, words, over=over))
    left = (CohortLeft(cohort.id, link.made_by),) if link.hands_over and link.made_by else ()

    def told(chat_id: int, words: Words) -> OwedCall:
        return join_view.educator_joined(chat_id, cohort.title, educator, words)

    members = await tell_all(services, cohort.id, MEMBER, told)
    return Outcome((who.met, joined, *left), (*calls, *members))
