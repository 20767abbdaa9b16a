"""Closing a question: results, explanation, and the next question of the case."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bot.chat_settings import ChatSettings, Explanation, Layout, Results
from bot.context import Services
from bot.usecases.chats.posting import Room, put_question
from bot.views.chats.results import ChatResults, results_part
from bot.views.explanation import for_everybody
from bot.views.messages import markup, pages
from content.snapshot import Snapshot
from storage.chat_facts import QuestionClosed
from storage.chats import PutQuestion
from storage.outcome import Outcome, OwedCall


async def close(services: Services, room: Room, asked: PutQuestion) -> Outcome:
    """End a question and say how the chat did. Each question is closed once: see the fact."""
    now = services.clock.now()
    snapshot = Snapshot.from_json(asked.snapshot)
    question = snapshot.case.questions[asked.position]
    closed = QuestionClosed(asked.post_id, asked.position, now)
    if asked.message_id is None and asked.layout == Layout.ANONYMOUS and asked.totals is None:
        # It never arrived: there is nothing to tell about.
        return Outcome((closed,))
    results = await _results(services, room, asked, question.correct)
    parts = [results_part(question, results, room.words)]
    if room.settings.explanation is Explanation.AT_CLOSE:
        parts += for_everybody(snapshot.case, asked.position, room.words)
    said = pages(room.chat.id, parts, reply_to=asked.message_id)
    calls = [*_without_buttons(asked), *(_in_place(call, room.settings, asked) for call in said)]
    outcome = Outcome((closed,), tuple(calls))
    if asked.position + 1 < len(snapshot.case.questions):
        # The next question follows in the layout and for the time that the chat has now.
        outcome += put_question(
            room, snapshot, asked.post_id, asked.position + 1, now=now, broadcast=True
        )
    return outcome


async def _results(
    services: Services, room: Room, asked: PutQuestion, key: tuple[int, ...]
) -> ChatResults:
    if asked.layout == Layout.ANONYMOUS:
        counts = dict(enumerate(asked.totals or ()))
        return ChatResults(sum(counts.values()), sum(counts.get(n, 0) for n in key), counts)
    answers = await services.store.chats.answers(asked.post_id, asked.position)
    tally: Mapping[int, int] = Counter(place for a in answers for place in a.choices)
    right = [answer for answer in answers if answer.verdict == "correct"]
    first = None
    if room.settings.leaderboard and right:
        names = await services.store.chats.shown_names(room.chat.id)
        first = names.get(right[0].person_id or 0)
    return ChatResults(len(answers), len(right), tally, first)


def _without_buttons(asked: PutQuestion) -> list[OwedCall]:
    """Take the buttons from under a question; what edits them is replaced, not repeated."""
    if asked.message_id is None:
        return []
    params = {"message_id": asked.message_id, "reply_markup": markup(())}
    return [
        OwedCall(
            asked.chat_id,
            "editMessageReplyMarkup",
            params,
            broadcast=True,
            edit_key=edit_key(asked),
        )
    ]


def edit_key(asked: PutQuestion) -> str:
    """What all edits of a question's buttons share: a newer one replaces an older one."""
    return f"buttons:{asked.post_id:x}:{asked.position:x}"


def _in_place(call: OwedCall, settings: ChatSettings, asked: PutQuestion) -> OwedCall:
    thread = {} if asked.thread_id is None else {"message_thread_id": asked.thread_id}
    return replace(call, params={**call.params, **thread}, broadcast=True)
