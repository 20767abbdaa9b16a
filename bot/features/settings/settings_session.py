"""An administrator at the settings of a chat: what is shown there, and where answers go."""

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.posts.post_case import in_language, matching, queued
from bot.features.settings.choices import MOST_QUEUED
from bot.features.settings.schedule import due_times
from bot.features.settings.settings_view import (
    LatestCases,
    OpenQuestion,
    PageContent,
    SettingsMessage,
    SettingsShown,
    settings_call,
)
from bot.features.shared.chat_settings import CHANNEL, ChatSettings
from bot.features.shared.due_times import skips_left
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.served_chat import ServedChat, served_chat
from bot.scheduling.rotation import coming
from bot.services import Services
from content.model import Case
from content.snapshot import case_of
from storage.chats import Chat
from storage.outcome import Outcome, Toast
from storage.questions import PutQuestion

_LATEST = 10  # cases whose results are offered


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
    asker: Asker


def session_of(services: Services, asker: Asker, where: SettingsMessage, chat: Chat) -> Session:
    """The session of somebody who may set up the chat."""
    served = served_chat(services, chat)
    words = served.words if where.at == where.chat_id else asker.words
    return Session(services, served, where, words, asker)


def with_settings(session: Session, settings: ChatSettings) -> Session:
    """The session after a change: a new language is spoken at once."""
    chat = replace(session.served.chat, settings=settings.to_json())
    return session_of(session.services, session.asker, session.where, chat)


async def shown(session: Session) -> SettingsShown:
    """All that the pages of a chat's settings tell."""
    services, chat, settings = session.services, session.served.chat, session.served.settings
    now, store, library = services.clock.now(), services.store, services.library
    settings = replace(settings, skipped=skips_left(settings, chat.next_due, now))
    wanted = matching(services, settings)
    cases = {case.id for case in wanted}
    used = await store.chats.used_cases(chat.id)
    queue = queued(services, session.served)
    next_ones = coming(
        MOST_QUEUED, queue, cases, used, chat.id, preferred=in_language(session.served, wanted)
    )
    return SettingsShown(
        chat.title,
        chat.kind,
        settings,
        now,
        len(cases),
        tuple(used),
        tuple(next_ones),
        len(queue),
        tuple(due_times(settings, now, MOST_QUEUED)),
        library.cases,
        await latest_cases(services, chat.id),
        tuple(
            _open(one, case)
            for one in await store.questions.open_in(chat.id)
            if (case := case_of(one.snapshot))
        ),
        tuple(library.topics),
        {code: words.name for code, words in services.languages.words.items()},
        _may_post(services, chat),
    )


async def latest_cases(services: Services, chat_id: int) -> LatestCases:
    """The cases that a chat had last, with their titles of then."""
    latest = await services.store.results.latest_cases(chat_id, _LATEST)
    return tuple((one.case_id, case.title) for one in latest if (case := case_of(one.snapshot)))


def _open(asked: PutQuestion, case: Case) -> OpenQuestion:
    return OpenQuestion(
        QuestionRef(asked.post_id, asked.position),
        case.title,
        asked.position + 1,
        len(case.questions),
        asked.closes_at,
        asked.sent_at is not None,
    )


def _may_post(services: Services, chat: Chat) -> bool:
    """Whether the bot may post in a channel; groups let every member write, as a rule."""
    if chat.kind != CHANNEL:
        return True
    staff = services.rights.staff(chat.id)
    return staff is None or bool(staff.own and staff.own.get("can_post_messages"))


def said(session: Session, content: PageContent, toast: str = "") -> Outcome:
    """This page, in place of the one that was pressed or as a new message."""
    call = settings_call(session.where, content)
    return Outcome(owed=(call,), toast=Toast(toast) if toast else None)


def told(sentence: str) -> Outcome:
    """A sentence over the chat that stays until it is read, and nothing else."""
    return Outcome(toast=Toast(sentence, alert=True))
