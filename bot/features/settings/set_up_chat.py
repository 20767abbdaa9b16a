"""Administrators set up their group or channel, by buttons or in words."""

from bot.features.membership.join_chat import ensure_contact
from bot.features.settings import answers_view as answers
from bot.features.settings.apply_change import Here, changed
from bot.features.settings.button_data import Change, Field, Page
from bot.features.settings.direct_posts import direct
from bot.features.settings.page_choice import page_after, page_content, page_named
from bot.features.settings.pages_view import which_zone_page
from bot.features.settings.schedule import changed_chat
from bot.features.settings.settings_session import (
    Asker,
    Session,
    said,
    session_of,
    shown,
    told,
    with_settings,
)
from bot.features.settings.settings_view import SettingsMessage
from bot.features.settings.typed_settings import NotUnderstood, WhichTopic, WhichZone, read_wish
from bot.features.shared.chat_settings import Results
from bot.services import Services
from bot.telegram.administrators import Administers
from storage.chats import Chat
from storage.outcome import Outcome


def refusal(services: Services, asker: Asker, chat_id: int, *, changes: bool) -> str | None:
    """Why this person may not set up the chat; None: they may.

    What ``changes`` something is judged by what Telegram says now. Raises LookupNeededError.
    """
    if asker.person_id is None:
        return None
    match services.rights.administers(chat_id, asker.person_id, fresh=changes):
        case Administers.YES:
            return None
        case Administers.NO:
            return answers.administrators_only(asker.words)
        case Administers.UNKNOWN:
            return answers.not_told(asker.words)


_OF_SCHEDULE = frozenset({Field.START, Field.END, Field.PAUSED, Field.SKIP})


async def written(
    services: Services, asker: Asker, where: SettingsMessage, chat: Chat, argument: str
) -> Outcome:
    """`/settings` or `/channel`, with what stands after it."""
    refused = refusal(services, asker, chat.id, changes=bool(argument))
    if refused is not None:
        return Outcome(owed=(answers.reply(where, refused),))
    return await _looked_after(services, asker, where, chat) + await _written(
        session_of(services, asker, where, chat), argument
    )


async def page(
    services: Services, asker: Asker, where: SettingsMessage, chat: Chat, name: Page
) -> Outcome:
    """A page of a chat's settings as a new message, to somebody who may see it."""
    return await _go(session_of(services, asker, where, chat), name)


async def _looked_after(
    services: Services, asker: Asker, where: SettingsMessage, chat: Chat
) -> Outcome:
    in_private = where.at == asker.person_id
    return await ensure_contact(services, chat, asker.person_id, asker.words, in_private=in_private)


async def _written(session: Session, argument: str) -> Outcome:
    where, settings = session.where, session.served.settings
    if not argument:
        return await _go(session, Page.MAIN)
    match read_wish(argument, settings.skipped, tuple(session.services.library.topics)):
        case NotUnderstood():
            sentence = answers.not_understood(where, session.words)
        case WhichZone(zones):
            return said(session, which_zone_page(zones, where, session.words))
        case WhichTopic():
            return await _go(session, Page.TOPICS)
        case Change(field=field) if field in _OF_SCHEDULE and settings.timetable is None:
            sentence = answers.no_schedule(session.words)
        case change:
            try:
                outcome = await direct(session, change) or await _set(session, change)
            except ValueError:
                sentence = answers.dates_cross(session.words)
            else:
                if outcome.owed or outcome.toast is None:
                    return outcome
                sentence = outcome.toast.text
    return Outcome(owed=(answers.reply(where, sentence),))


async def pressed(
    services: Services, asker: Asker, where: SettingsMessage, change: Change
) -> Outcome:
    """A button of a settings message, whenever that was sent."""
    chat = await services.store.chats.get(where.chat_id)
    if chat is None or chat.gone_at is not None:
        return told(answers.not_there(asker.words))
    refused = refusal(services, asker, chat.id, changes=change.field is not Field.GO)
    if refused is not None:
        return told(refused)
    return await _looked_after(services, asker, where, chat) + await _pressed(
        session_of(services, asker, where, chat), change
    )


async def _pressed(session: Session, change: Change) -> Outcome:
    try:
        match change:
            case Change(Field.GO, value):
                return await _go(session, value)
            case Change(Field.RESULTS, Results.DISCUSSION):
                return await _discuss(session, change)
        return await direct(session, change) or await _set(session, change)
    except ValueError:
        # What is not possible any more was on a button once.
        return told(answers.old_button(session.asker.words))


async def _go(session: Session, value: str) -> Outcome:
    named = page_named(value)
    if named is None:
        raise ValueError("there is no such page")
    return said(session, page_content(*named, await shown(session), session.where, session.words))


async def _set(session: Session, change: Change, discussion_id: int | None = None) -> Outcome:
    """Set one thing, and show it. Raises ValueError where it cannot be."""
    services, served = session.services, session.served
    new = changed(served.settings, change, _here(session, discussion_id))
    fact = changed_chat(served.chat, served.settings, new, services.clock.now())
    after = with_settings(session, new)
    content = page_after(change, await shown(after), session.where, after.words)
    return Outcome((fact,)) + said(session, content, answers.what_it_does(change, new, after.words))


def _here(session: Session, discussion_id: int | None) -> Here:
    services = session.services
    return Here(
        session.served.chat.kind,
        tuple(services.library.topics),
        tuple(services.languages.words),
        session.where.thread_id,
        discussion_id,
    )


async def _discuss(session: Session, change: Change) -> Outcome:
    """Results go to the channel's discussion group, if it has one and the bot is there."""
    services, words = session.services, session.words
    linked = services.rights.linked(session.served.chat.id)
    if linked is None:
        return told(answers.not_told(words))
    if linked.chat_id is None:
        return told(answers.no_discussion(words))
    group = await services.store.chats.get(linked.chat_id)
    if group is None or group.gone_at is not None:
        return told(answers.not_in_discussion(words))
    return await _set(session, change, linked.chat_id)
