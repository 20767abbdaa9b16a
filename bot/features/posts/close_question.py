"""Closing a question: results, explanation, and the next question of the case."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from bot.features.cases.case_view import Destination
from bot.features.cases.explanation_view import for_everybody, naming
from bot.features.posts.chat_night import is_night, silently
from bot.features.posts.explain import private_link
from bot.features.posts.post_case import put_question
from bot.features.posts.post_view import Put, with_results
from bot.features.posts.show_tally import edit_key
from bot.features.results.shares_view import QuestionResults, first_part, results_part, title_part
from bot.features.shared.chat_settings import Explanation, Layout, Results
from bot.features.shared.messages import Keyboard, in_pages, pages, quoting, with_buttons
from bot.features.shared.question_buttons import QuestionRef, link_button, references_link
from bot.features.shared.served_chat import ServedChat, in_thread
from bot.services import Services
from content.grading import needs_multiple
from content.model import Question
from content.pages import Part
from content.signed_digest import Signature
from content.signing import holding
from content.snapshot import Snapshot
from storage.outcome import About, Outcome, OwedCall
from storage.question_facts import QuestionClosed
from storage.questions import PutQuestion


class _Ending(Struct, frozen=True):
    """A question whose time is over, in its chat."""

    served: ServedChat
    asked: PutQuestion
    snapshot: Snapshot
    keyboard: Keyboard  # what remains under the question
    username: str  # the bot's
    signed: tuple[Signature, ...]

    @property
    def question(self) -> Question:
        return self.snapshot.case.questions[self.asked.position]

    @property
    def put(self) -> Put:
        """The question as it was put."""
        asked = self.asked
        place = Destination(asked.post_id, asked.chat_id)
        layout = Layout(asked.layout)
        return Put(self.snapshot, asked.position, place, layout, asked.choice_order)


async def close(services: Services, served: ServedChat, asked: PutQuestion) -> Outcome:
    """End a question and say how the chat did; or say it anew, where the chat did not take it.

    Each question is closed once: see the fact.
    """
    now = services.clock.now()
    closed = Outcome((QuestionClosed(asked.post_id, asked.position, now),))
    snapshot = Snapshot.from_json(asked.snapshot)
    # What is said goes where the question stands, wherever the next case will go.
    served = in_thread(served, asked.thread_id)
    keyboard: Keyboard = ()
    settings = served.settings
    if not _for_all(served, asked) or settings.results is not Results.REPLY:
        # The explanation does not stand there, or not for certain.
        ref = QuestionRef(asked.post_id, asked.position)
        keyboard = link_button(private_link(services, ref), served.words)
    signed = holding(services.library, snapshot)
    ending = _Ending(served, asked, snapshot, keyboard, services.bot_username, signed)
    results = await _results(services, ending)
    if asked.sent_at is None and not results.voters:
        # It never arrived: there is nothing to tell about, and nothing to follow.
        return closed
    named = first_part(results, served.words)
    about = About(asked.post_id, asked.position)
    outcome = closed + Outcome(
        owed=tuple(replace(quoting(call, named), about=about) for call in _said(ending, results))
    )
    if await _goes_on(services, ending):
        # The next question follows in the layout and for the time that the chat has now.
        outcome += put_question(
            served,
            snapshot,
            QuestionRef(asked.post_id, asked.position + 1),
            now=now,
            broadcast=True,
        )
    return silently(outcome) if is_night(served.settings, now) else outcome


async def _goes_on(services: Services, ending: _Ending) -> bool:
    """Whether a question follows; one that the chat did not take is put again."""
    following = ending.asked.position + 1
    if following == len(ending.snapshot.case.questions):
        return False
    put = await services.store.questions.question(ending.asked.post_id, following)
    return put is None or (put.sent_at is None and put.closed_at is not None)


async def _results(services: Services, ending: _Ending) -> QuestionResults:
    asked, key = ending.asked, ending.question.correct
    if asked.layout == Layout.ANONYMOUS:
        counts = dict(enumerate(asked.totals or ()))
        right = None if needs_multiple(ending.question) else counts.get(key[0], 0)
        return QuestionResults(asked.voters or 0, right, counts)
    answers = await services.store.questions.answers(asked.post_id, asked.position)
    tally: Mapping[int, int] = Counter(place for a in answers for place in a.choices)
    right_ones = [answer for answer in answers if answer.verdict == "correct"]
    first = None
    if ending.served.settings.leaderboard and right_ones:
        names = await services.store.chats.shown_names(asked.chat_id)
        winner = right_ones[0].person_id or 0
        first = (winner, names[winner]) if winner in names else None
    forwarded = asked.layout == Layout.POLL and not asked.protected
    return QuestionResults(len(answers), len(right_ones), tally, first, forwarded)


def _said(ending: _Ending, results: QuestionResults) -> tuple[OwedCall, ...]:
    """Results and explanation come where they belong; then the buttons go from under the question.

    The way to the explanation so stays until that stands in the chat.
    """
    served, asked = ending.served, ending.asked
    summary = results_part(ending.question, results, served.words)
    edit = _without_buttons(ending)
    if served.settings.results is Results.EDIT and asked.message_id is not None:
        put, words = ending.put, served.words
        grown = with_results(put, asked.message_id, summary, ending.keyboard, words)
        if grown is not None:
            said = _explained(ending, asked.chat_id)
            edits = [replace(grown, edit_key=edit_key(asked))]
            return tuple(_here(call, served) for call in (*edits, *said))
    group = served.settings.discussion_id
    if served.settings.results is Results.DISCUSSION and group is not None:
        title = title_part(ending.snapshot.case, ending.question)
        there = _explained(ending, group, title, summary)
        return (*(replace(call, broadcast=True) for call in there), *edit)
    said = _explained(ending, asked.chat_id, summary)
    return (*(_here(call, served) for call in said), *edit)


def _for_all(served: ServedChat, asked: PutQuestion) -> bool:
    """Whether all get to read the explanation."""
    return asked.revealed or served.settings.explanation is Explanation.AT_CLOSE


def _explained(ending: _Ending, chat_id: int, *results: Part) -> list[OwedCall]:
    """The results, and the explanation where a chat gets one when a question closes."""
    asked, served = ending.asked, ending.served
    reply_to = asked.message_id if chat_id == asked.chat_id else None
    if not _for_all(served, asked):
        return pages(chat_id, results, reply_to=reply_to)
    case = ending.snapshot.case
    told = for_everybody(case, asked.position, served.words, results, ending.signed)
    return naming(in_pages(chat_id, told, _references_link(ending), reply_to), ending.signed)


def _references_link(ending: _Ending) -> Keyboard:
    ref = QuestionRef(ending.asked.post_id, ending.asked.position)
    return references_link(ref, ending.snapshot.case, ending.username, ending.served.words)


def _without_buttons(ending: _Ending) -> tuple[OwedCall, ...]:
    """The edit after which a question has no buttons but the one to its explanation."""
    asked = ending.asked
    if asked.message_id is None or (asked.layout == Layout.ANONYMOUS and not ending.keyboard):
        return ()
    edit = with_buttons(asked.chat_id, asked.message_id, ending.keyboard, edit_key(asked))
    return (replace(edit, broadcast=True),)


def _here(call: OwedCall, served: ServedChat) -> OwedCall:
    """The call for the question's own topic, after what people wait for."""
    thread_id = served.settings.thread_id
    if thread_id is None or call.method.startswith("edit"):
        return replace(call, broadcast=True)
    return replace(call, params={**call.params, "message_thread_id": thread_id}, broadcast=True)
