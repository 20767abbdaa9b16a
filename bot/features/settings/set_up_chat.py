"""Administrators set up their group or channel, by buttons or in words."""

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.membership.join_chat import ensure_contact
from bot.features.posts.post_case import matching, post_case
from bot.features.settings import answers_view as answers
from bot.features.settings.apply_change import Here, changed
from bot.features.settings.button_data import Change, Field, Page
from bot.features.settings.page_choice import page_after, page_content, page_named
from bot.features.settings.pages_view import which_zone_page
from bot.features.settings.schedule import changed_chat, planned
from bot.features.settings.settings_view import (
    PageContent,
    SettingsMessage,
    SettingsShown,
    settings_call,
)
from bot.features.settings.typed_settings import NotUnderstood, WhichZone, read_wish
from bot.features.shared.chat_settings import CHANNEL, ChatSettings, Results
from bot.features.shared.served_chat import ServedChat, served_chat
from bot.scheduling.rotation import choose
from bot.services import Services
from bot.telegram.administrators import Administers
from storage.chats import Chat
from storage.outcome import Outcome, Toast


class Asker(Struct, frozen=True):
    """Who wants to set up a chat; ``person_id`` None: an administrator who stays anonymous.

    Telegram lets nobody but administrators write in the chat's own name.
    """

    person_id: int | None
    words: Words


class Session(Struct, frozen=True):
    """An administrator at the settings of a chat."""

    services: Services
    served: ServedChat
    where: SettingsMessage
    words: Words
    asker_words: Words


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


async def written(
    services: Services, asker: Asker, where: SettingsMessage, chat: Chat, argument: str
) -> Outcome:
    """`/settings` or `/channel`, with what stands after it."""
    refused = refusal(services, asker, chat.id, changes=bool(argument))
    if refused is not None:
        return Outcome(owed=(answers.reply(where, refused),))
    return await _looked_after(services, asker, where, chat) + await _written(
        _session(services, asker, where, chat), argument
    )


async def _looked_after(
    services: Services, asker: Asker, where: SettingsMessage, chat: Chat
) -> Outcome:
    in_private = where.at == asker.person_id
    return await ensure_contact(services, chat, asker.person_id, asker.words, in_private=in_private)


async def _written(session: Session, argument: str) -> Outcome:
    where = session.where
    if not argument:
        return _said(
            session, page_content(Page.MAIN, "", await _shown(session), where, session.words)
        )
    match read_wish(argument):
        case NotUnderstood():
            sentence = answers.not_understood(where, session.words)
        case WhichZone(zones):
            return _said(session, which_zone_page(zones, where, session.words))
        case Change(field=Field.START | Field.END) if session.served.settings.timetable is None:
            sentence = answers.no_schedule(session.words)
        case change:
            try:
                return await _set(session, change)
            except ValueError:
                sentence = answers.dates_cross(session.words)
    return Outcome(owed=(answers.reply(where, sentence),))


async def pressed(
    services: Services, asker: Asker, where: SettingsMessage, change: Change
) -> Outcome:
    """A button of a settings message, whenever that was sent."""
    chat = await services.store.chats.get(where.chat_id)
    if chat is None or chat.gone_at is not None:
        return _toast(answers.not_there(asker.words))
    refused = refusal(services, asker, chat.id, changes=change.field is not Field.GO)
    if refused is not None:
        return _toast(refused)
    return await _looked_after(services, asker, where, chat) + await _pressed(
        _session(services, asker, where, chat), change
    )


async def _pressed(session: Session, change: Change) -> Outcome:
    try:
        match change:
            case Change(Field.GO, value):
                return await _go(session, value)
            case Change(Field.POST, value):
                return await _post(session, value)
            case Change(Field.RESULTS, Results.DISCUSSION):
                return await _discuss(session, change)
        return await _set(session, change)
    except ValueError:
        # What is not possible any more was on a button once.
        return _toast(answers.old_button(session.asker_words))


def _session(services: Services, asker: Asker, where: SettingsMessage, chat: Chat) -> Session:
    served = served_chat(services, chat)
    words = served.words if where.at == where.chat_id else asker.words
    return Session(services, served, where, words, asker.words)


async def _go(session: Session, value: str) -> Outcome:
    named = page_named(value)
    if named is None:
        raise ValueError("there is no such page")
    return _said(session, page_content(*named, await _shown(session), session.where, session.words))


async def _set(session: Session, change: Change, discussion_id: int | None = None) -> Outcome:
    """Set one thing, and show it. Raises ValueError where it cannot be."""
    services, served = session.services, session.served
    new = changed(served.settings, change, _here(session, discussion_id))
    fact = changed_chat(served.chat, served.settings, new, services.clock.now())
    after = _with(session, new)
    content = page_after(change, await _shown(after), session.where, after.words)
    return Outcome((fact,)) + _said(session, content)


def _with(session: Session, settings: ChatSettings) -> Session:
    """The session after a change: a new language is spoken at once."""
    served = served_chat(
        session.services, replace(session.served.chat, settings=settings.to_json())
    )
    in_place = session.where.at == session.where.chat_id
    return replace(session, served=served, words=served.words if in_place else session.words)


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
        return _toast(answers.not_told(words))
    if linked.chat_id is None:
        return _toast(answers.no_discussion(words))
    group = await services.store.chats.get(linked.chat_id)
    if group is None or group.gone_at is not None:
        return _toast(answers.not_in_discussion(words))
    return await _set(session, change, linked.chat_id)


async def _post(session: Session, value: str) -> Outcome:
    """Send the case that was shown; a second press of the same button sends none."""
    shown = await _shown(session)
    content = page_content(Page.POST, "", shown, session.where, session.words)
    if value != str(shown.posted) or shown.next_case is None:
        return _said(session, content, answers.look_again(session.words))
    if not shown.may_post:
        return _toast(answers.cannot_post(session.words))
    case = session.services.library.cases[shown.next_case]
    posted = await post_case(session.services, session.served, case)
    schedule = page_content(Page.SCHEDULE, "", shown, session.where, session.words)
    return posted + _said(session, schedule, answers.sent(session.words))


async def _shown(session: Session) -> SettingsShown:
    services, chat, settings = session.services, session.served.chat, session.served.settings
    now = services.clock.now()
    cases = {case.id: case.title for case in matching(services, settings)}
    used = await services.store.chats.used_cases(chat.id)
    return SettingsShown(
        chat.title,
        chat.kind,
        settings,
        now,
        len(cases),
        len(used),
        tuple(planned(settings, now, cases, used, chat.id)),
        choose(cases, used, chat.id),
        cases,
        tuple(services.library.topics),
        {code: words.name for code, words in services.languages.words.items()},
        _may_post(services, chat),
    )


def _may_post(services: Services, chat: Chat) -> bool:
    """Whether the bot may post in a channel; groups let every member write, as a rule."""
    if chat.kind != CHANNEL:
        return True
    staff = services.rights.staff(chat.id)
    return staff is None or bool(staff.own and staff.own.get("can_post_messages"))


def _said(session: Session, content: PageContent, toast: str = "") -> Outcome:
    call = settings_call(session.where, content)
    return Outcome(owed=(call,), toast=Toast(toast) if toast else None)


def _toast(sentence: str) -> Outcome:
    return Outcome(toast=Toast(sentence, alert=True))
