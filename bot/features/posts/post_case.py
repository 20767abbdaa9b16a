"""Putting cases and their questions before groups and channels."""

import hashlib
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.case_view import Place
from bot.features.cases.send_case import figures_to_keep
from bot.features.posts.post_view import Put, question_calls
from bot.features.shared.chat_setup import ChatSettings, Layout
from bot.features.shared.question_buttons import QuestionRef
from bot.scheduling.rotation import choose
from bot.services import Services
from content.grading import needs_multiple
from content.model import Case, Question
from content.snapshot import Snapshot
from storage.chat_facts import QuestionPut
from storage.chats import Chat
from storage.facts import CasePosted, SnapshotTaken
from storage.outcome import Outcome


class Room(Struct, frozen=True):
    """A chat being served: its record, its settings read, and the words for it."""

    chat: Chat
    settings: ChatSettings
    words: Words


def enter(services: Services, chat: Chat) -> Room:
    """Read a chat's settings."""
    settings = ChatSettings.from_json(chat.settings)
    return Room(chat, settings, services.languages.choose(settings.language, None))


def in_thread(room: Room, thread_id: int | None) -> Room:
    """The same room, with everything going to this topic."""
    return replace(room, settings=replace(room.settings, thread_id=thread_id))


def matching(services: Services, settings: ChatSettings) -> list[Case]:
    """The cases that a chat wants: on its topics and of its levels, all where it names none."""
    return [
        case
        for case in services.library.cases.values()
        if (not settings.topics or settings.topics.intersection(case.topics))
        and (not settings.levels or case.level in settings.levels)
    ]


async def next_case(
    services: Services, room: Room, among: Iterable[Case] | None = None
) -> Case | None:
    """The case whose turn it is in a chat, of these or else of those it wants; None of none."""
    wanted = matching(services, room.settings) if among is None else among
    cases = {case.id: case for case in wanted}
    used = await services.store.chats.used_cases(room.chat.id)
    chosen = choose(cases.keys(), used, room.chat.id)
    return None if chosen is None else cases[chosen]


async def post_case(
    services: Services, room: Room, case: Case, *, due_at: int | None = None
) -> Outcome:
    """Put a case's first question before a chat. ``due_at``: a schedule wanted it then."""
    now = services.clock.now()
    snapshot = services.library.snapshot(case)
    post_id = services.post_ids.new(now)
    posted = CasePosted(
        post_id,
        room.chat.id,
        None,
        case.id,
        snapshot.digest,
        now,
        room.settings.thread_id,
        due_at,
    )
    kept = await figures_to_keep(services, snapshot)
    taken = SnapshotTaken(snapshot.digest, snapshot.to_json(), now)
    asked = put_question(
        room, snapshot, QuestionRef(post_id, 0), now=now, broadcast=due_at is not None
    )
    return Outcome((taken, *kept, posted)) + asked


def put_question(
    room: Room, snapshot: Snapshot, ref: QuestionRef, *, now: int, broadcast: bool
) -> Outcome:
    """Put one question; it is open from ``now`` (ms) for as long as the chat chose."""
    question = snapshot.case.questions[ref.position]
    layout = _layout(room, question)
    order = tuple(range(len(question.choices)))
    if layout is Layout.BUTTONS and question.shuffle:
        order = _shuffled(order, ref.post_id)
    put = Put(snapshot, ref.position, Place(ref.post_id, room.chat.id), layout, order)
    fact = QuestionPut(
        ref.post_id,
        ref.position,
        room.chat.id,
        layout,
        order,
        now,
        now + room.settings.open_for * 1000,
    )
    return Outcome((fact,), question_calls(put, room.settings, room.words, broadcast=broadcast))


def _layout(room: Room, question: Question) -> Layout:
    """The chat's layout, where the question allows it.

    One tap is one choice, so a question with several right ones is a poll; channels take anonymous
    polls alone.
    """
    poll = Layout.ANONYMOUS if room.chat.kind == "channel" else Layout.POLL
    wanted = room.settings.layout
    if wanted is Layout.BUTTONS and not needs_multiple(question):
        return wanted
    return poll


def _shuffled(order: tuple[int, ...], post_id: int) -> tuple[int, ...]:
    """An order of the post's own, the same whenever it is worked out."""
    return tuple(sorted(order, key=lambda n: hashlib.sha256(f"{post_id}:{n}".encode()).digest()))
