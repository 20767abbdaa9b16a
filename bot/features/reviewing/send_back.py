"""A reviewer writes what is to change, why they reject a case, or how they wish to be named."""

from typing import Final

from bot.base.i18n import Words
from bot.features.items.open_item_card import open_for_rejection
from bot.features.reviewing import decision_view
from bot.features.reviewing import sent_back_view as views
from bot.features.reviewing.decision_view import CaseToReview
from bot.features.reviewing.review_queue import Reviewer
from bot.features.reviewing.reviewer import reviewer_of, to_review
from bot.features.reviewing.reviewer_buttons import short
from bot.features.shared.shown_names import harmless
from bot.features.shared.texts import too_long
from bot.features.shared.visitors import Visit, reachable, said
from bot.features.shared.written_words import LONGEST_TEXT, written
from bot.services import Services
from content.codes import case_code
from content.model import Case
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.outcome import Outcome
from storage.signature_facts import CaseSentBack, ReviewerNamed

REVIEWING: Final = "reviewing"
"""What is awaited of a reviewer: followed by what it is, a case's code, and its digest in short."""
NAME_LENGTH: Final = 64  # visible characters
_CHANGE, _REJECTED, _NAME = "change", "rejected", "name"
_People = list[tuple[int, Words]]


def ask_for_name(services: Services, who: Visit, case: Case | None = None) -> Outcome:
    """The next message is the name; then the case is there to be signed, if it was one."""
    code = case_code(case.id) if case else ""
    call = decision_view.which_name(who.person_id, NAME_LENGTH, who.words)
    return _awaiting(services, who, f"{REVIEWING} {_NAME} {code}".strip()) + said(who, call)


async def ask_for_words(
    services: Services, who: Visit, shown: CaseToReview, *, rejects: bool
) -> Outcome:
    """The next message says what is wrong; of a case as it is now."""
    author, administrators = await _readers(services, shown.case)
    if not administrators and (rejects or not author):
        return said(who, views.nobody_to_tell(who.person_id, who.words))
    if rejects:
        verdict, call = _REJECTED, views.write_rejection(who.person_id, LONGEST_TEXT, who.words)
    else:
        verdict, to_author = _CHANGE, bool(author)
        call = views.write_change(who.person_id, LONGEST_TEXT, who.words, to_author=to_author)
    what = f"{REVIEWING} {verdict} {shown.code} {short(shown.digest)}"
    return _awaiting(services, who, what) + said(who, call)


async def take(services: Services, who: Visit, awaited: str, text: str) -> Outcome | None:
    """What a reviewer wrote; ``awaited`` is what was noted behind ``REVIEWING``.

    None from whoever is no reviewer any more.
    """
    reviewer = await reviewer_of(services, who)
    if reviewer is None:
        return None
    what, _, rest = awaited.partition(" ")
    code, _, digest = rest.partition(" ")
    if what == _NAME:
        return await _named(services, who, reviewer, code, text)
    case, nothing = services.library.find(code), NothingAwaited(who.person_id)
    if case is None:
        gone = views.not_in_use_any_more(who.person_id, who.words)
        return Outcome((who.met, nothing), (gone,))
    text = written(text)
    if len(text) > LONGEST_TEXT:
        return said(who, too_long(who.person_id, len(text), who.words))
    shown = to_review(services, reviewer, case)
    sent = await _sent_back(services, who, shown, what, text)
    if not shown.digest.startswith(digest):
        # It changed while this was written: what waits for them is the new wording.
        return Outcome((who.met, nothing)) + sent
    fact = CaseSentBack(who.person_id, case.id, shown.digest, what, services.clock.now())
    return Outcome((who.met, nothing, fact)) + sent


async def _sent_back(
    services: Services, who: Visit, shown: CaseToReview, verdict: str, text: str
) -> Outcome:
    """Its author in the chat reads it, else administrators: these in any case what is rejected.

    They can retire that.
    """
    author, administrators = await _readers(services, shown.case)
    name = shown.public_name or harmless(who.visitor.name, NAME_LENGTH)
    sent = views.SentBack(shown.case, who.person_id, name, text)
    calls = [views.passed_on(who.person_id, shown.case, who.words)]
    if verdict != _REJECTED:
        readers = author or administrators
        calls += [views.change_asked(one, sent, words) for one, words in readers]
        return Outcome(owed=tuple(calls))
    calls += [views.rejected_yours(one, sent, words) for one, words in author]
    calls += [views.rejected(one, sent, words) for one, words in administrators]
    return Outcome(owed=tuple(calls)) + await open_for_rejection(services, shown.case)


async def _named(
    services: Services, who: Visit, reviewer: Reviewer, code: str, text: str
) -> Outcome:
    """The name, as learners will read it; then what was to be signed, anew. Administrators hear it.

    They know whom they made a reviewer, and by which name.
    """
    name = harmless(text, NAME_LENGTH)
    if not name or name != harmless(text, len(text) + 1):
        call = decision_view.which_name(who.person_id, NAME_LENGTH, who.words)
        return said(who, call)
    facts = (who.met, NothingAwaited(who.person_id), ReviewerNamed(who.person_id, name))
    calls = [decision_view.named(who.person_id, name, who.words)]
    case = services.library.find(code)
    if case is not None:
        shown = to_review(services, reviewer.renamed(name), case)
        calls += decision_view.decision(who.person_id, shown, who.words)
    if name != reviewer.public_name:
        before = reviewer.public_name or harmless(who.visitor.name, NAME_LENGTH)
        calls += [
            decision_view.renamed(admin, who.person_id, before, name, words)
            for admin, words in await _administrators(services)
        ]
    return Outcome(facts, tuple(calls))


async def _readers(services: Services, case: Case) -> tuple[_People, _People]:
    """Whoever published the case in the chat, and administrators, as far as they can be told.

    With the words for each.
    """
    published = await services.store.publications.case(case.id)
    author = await reachable(services, published.person_id) if published else []
    return author, await _administrators(services)


async def _administrators(services: Services) -> _People:
    admins = sorted(services.settings.admins)
    return [one for admin in admins for one in await reachable(services, admin)]


def _awaiting(services: Services, who: Visit, what: str) -> Outcome:
    return Outcome((CommandAwaited(who.person_id, what, services.clock.now()),))
