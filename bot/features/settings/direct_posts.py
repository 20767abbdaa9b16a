"""Administrators direct what comes in a chat: which cases, when a question ends, its results."""

from msgspec.structs import replace

from bot.features.cases.case_preview_view import case_preview
from bot.features.cases.private_post import figures_to_keep
from bot.features.membership.warn_inviter import can_be_told
from bot.features.posts.end_early import end_question
from bot.features.posts.make_way import under_way
from bot.features.posts.post_case import post_case
from bot.features.reports.group_report import group_report
from bot.features.results.case_results import results
from bot.features.results.results_view import write_first
from bot.features.settings import answers_view as answers
from bot.features.settings.button_data import Change, Field, Page
from bot.features.settings.choices import MOST_QUEUED
from bot.features.settings.page_choice import page_content
from bot.features.settings.settings_session import Session, said, shown, told
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visitor, receive
from content.model import Case
from content.signing import holding
from storage.chat_facts import QueueSet
from storage.outcome import Outcome, Toast
from storage.question_facts import ExplanationForAll
from storage.questions import PutQuestion


async def direct(session: Session, change: Change) -> Outcome | None:
    """What such a press or word comes to; None where it is about something else.

    Raises ValueError where it makes no sense any more.
    """
    match change:
        case Change(Field.POST, value):
            return await _post(session, value)
        case Change(Field.QUEUE, value):
            return await _queue(session, value)
        case Change(Field.SHOW, value):
            return await _preview(session, value)
        case Change(Field.HAD, value):
            return await _results(session, value)
        case Change(Field.REPORT):
            return await _report(session)
        case Change(Field.CLOSE | Field.REVEAL as field, value):
            return await _end(session, value, reveal=field is Field.REVEAL)
    return None


async def _post(session: Session, value: str) -> Outcome:
    """Send the case that was shown; a second press of the same button sends none."""
    now = await shown(session)
    posted, _, code = value.partition(":")
    if posted != str(len(now.used)) or not (code or now.coming):
        content = page_content(Page.POST, "", now, session.where, session.words)
        return said(session, content, answers.look_again(session.words))
    if not now.may_post:
        return told(answers.cannot_post(session.words))
    if await under_way(session.services, session.served):
        return told(answers.case_under_way(session.words))
    case = _case(session, code) if code else now.library[now.coming[0]]
    outcome = await post_case(session.services, session.served, case)
    schedule = page_content(Page.SCHEDULE, "", now, session.where, session.words)
    return outcome + said(session, schedule, answers.sent(session.words))


async def _queue(session: Session, value: str) -> Outcome:
    """Give a case its place among those to come, and keep those before it; or let it go."""
    code, _, number = value.partition(":")
    case, place = _case(session, code), int(number)
    chat, now = session.served.chat, await shown(session)
    chosen = tuple(one for one in now.coming[: now.chosen] if one != case.id)
    if place:
        others = list(dict.fromkeys(one for one in now.coming if one != case.id))
        others.insert(place - 1, case.id)
        chosen = tuple(others[: max(place, len(chosen) + 1)])
    if not 0 <= place <= MOST_QUEUED or len(chosen) > MOST_QUEUED:
        raise ValueError(f"at most {MOST_QUEUED} cases can be chosen ahead")
    served = replace(session.served, chat=replace(chat, queue=chosen))
    after = replace(session, served=served)
    page, part = (Page.QUEUED, code) if place else (Page.QUEUE, "")
    content = page_content(page, part, await shown(after), session.where, session.words)
    return Outcome((QueueSet(chat.id, chosen),)) + said(session, content)


async def _preview(session: Session, code: str) -> Outcome:
    """A case as it would come, to whoever pressed, in private: it is no post and takes no vote."""
    case, services, person_id = _case(session, code), session.services, session.asker.person_id
    if person_id is None or not await can_be_told(services, person_id):
        return told(write_first(services.bot_username, session.asker.words))
    snapshot = services.library.snapshot(case)
    signed = holding(services.library, snapshot)
    calls = case_preview(person_id, snapshot, signed, session.asker.words)
    facts = tuple(await figures_to_keep(services, snapshot))
    return Outcome(facts, tuple(calls), Toast(answers.sent_to_you(session.asker.words)))


async def _results(session: Session, code: str) -> Outcome:
    """How the chat answered a case, to whoever pressed."""
    services, person_id = session.services, session.asker.person_id
    if person_id is None:
        return told(write_first(services.bot_username, session.asker.words))
    visit = await receive(services, Visitor(person_id, None))
    return await results(services, session.served, visit, code, by_press=True)


async def _report(session: Session) -> Outcome:
    """How the chat does, to whoever pressed."""
    services, person_id = session.services, session.asker.person_id
    if person_id is None:
        return told(write_first(services.bot_username, session.asker.words))
    visit = await receive(services, Visitor(person_id, None))
    return await group_report(services, session.served, visit, by_press=True)


async def _end(session: Session, value: str, *, reveal: bool) -> Outcome:
    """End a question now, the only one where none is named; ``reveal``: explained to all."""
    services, where, words = session.services, session.where, session.words
    there, now = (
        await services.store.questions.open_in(session.served.chat.id),
        await shown(session),
    )
    if not value and len(there) != 1:
        return said(session, page_content(Page.OPEN_NOW, "", now, where, words))
    asked = _named(there, value)
    if asked is None or asked.closes_at <= now.now:
        return told(answers.closed_already(session.asker.words))
    if asked.sent_at is None:
        return told(answers.on_its_way(session.asker.words))
    ref = QuestionRef(asked.post_id, asked.position)
    for_all = (ExplanationForAll(asked.post_id, asked.position),) if reveal else ()
    ended = [replace(one, closes_at=now.now) if one.ref == ref else one for one in now.open_now]
    content = page_content(Page.OPEN_NOW, "", replace(now, open_now=tuple(ended)), where, words)
    ending = await end_question(services, asked, now.now, session.served.words)
    return Outcome(for_all) + ending + said(session, content)


def _named(there: list[PutQuestion], value: str) -> PutQuestion | None:
    """The open question of this name, or the only one; None where it is closed."""
    if not value:
        return there[0]
    ref = QuestionRef.parse(value)
    if ref is None:
        raise ValueError("this names no question")
    return next(
        (one for one in there if (one.post_id, one.position) == (ref.post_id, ref.position)), None
    )


def _case(session: Session, code: str) -> Case:
    case = session.services.library.find(code)
    if case is None:
        raise ValueError("there is no such case any more")
    return case
