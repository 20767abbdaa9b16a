"""What goes out after a vote in private: the explanation, and the next question if any."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.features.cases.case_replies_view import explained_later
from bot.features.cases.case_view import Destination, next_question
from bot.features.cases.confidence_view import with_row, without_row
from bot.features.cases.explanation_parts_view import Answered
from bot.features.cases.explanation_view import after_case, after_question, naming
from bot.features.cases.private_post import post_facts
from bot.features.cases.recall import Recall
from bot.features.cases.recall_view import under_review
from bot.features.shared.buttons import go_on_studying, what_next
from bot.features.shared.messages import Keyboard, in_pages
from bot.features.shared.question_buttons import QuestionRef, under_explanation
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.grading import Verdict
from content.snapshot import Snapshot
from storage.facts import Fact
from storage.outcome import About, Afterwards, Outcome, OwedCall
from storage.polls import KnownPoll
from storage.practice import BeforeVote
from storage.practice_facts import ConfidenceTaken
from storage.tallying import Tally


class VoteInPrivate(Struct, frozen=True):
    """A vote that is being answered; ``recall`` is what is to be said beyond its verdict."""

    visit: Visit
    poll: KnownPoll
    before: BeforeVote
    recall: Recall | None


def follow_up(services: Services, vote: VoteInPrivate, shown: Answered, tally: Tally) -> Outcome:
    """The explanation, which always goes to the person alone; then the row under the poll goes.

    What a live round works through where the person is, is explained once that is over.
    """
    explained = (
        _held_back(vote) if vote.before.in_round else _explained(services, vote, shown, tally)
    )
    # Put together by hand: of each of a crowd's votes.
    return Outcome((*_heard(vote), *explained.facts), explained.owed)


def _explained(services: Services, vote: VoteInPrivate, shown: Answered, tally: Tally) -> Outcome:
    """With what there is to press below; and the next question, if any."""
    visit, poll = vote.visit, vote.poll
    position, person_id = poll.question.position, visit.person_id
    post_id = poll.question.post_id
    below: Keyboard = ()
    studying = vote.before.purpose == "sitting"
    ahead = go_on_studying(visit.words) if studying else what_next(visit.words)
    if post_id is not None:
        ref = QuestionRef(post_id, position)
        below = under_explanation(ref, shown.case, services.settings.admins, visit.words)
        if vote.recall is not None and vote.before.purpose == "review":
            right = shown.grade.verdict is Verdict.CORRECT
            ahead = under_review(ref, vote.recall, right=right, words=visit.words)
    reply_to = poll.message_id if poll.question.chat_id == person_id else None
    if position + 1 == len(shown.case.questions):
        told = after_case(shown, tally, visit.words)
        keyboard = (*ahead, *below)
        said = in_pages(person_id, told.messages, keyboard, reply_to, told.common)
        calls = naming(said, shown.signatures)
        return Outcome(owed=_explaining(vote, post_id, calls))
    told = after_question(shown, visit.words)
    snapshot = Snapshot.from_json(poll.question.snapshot)
    facts: tuple[Fact, ...] = ()
    if post_id is None:
        # It is not known which of several posts this was: the rest of the case is a new one.
        facts, post_id = post_facts(services, snapshot, person_id)
    calls = in_pages(person_id, told.messages, below, reply_to, told.common)
    place = Destination(post_id, person_id)
    following = next_question(snapshot, position + 1, place, visit.words)
    if vote.before.wants_confidence:
        following = with_row(following, visit.words)
    return Outcome(facts, _explaining(vote, post_id, calls)) + Outcome(owed=tuple(following))


def _held_back(vote: VoteInPrivate) -> Outcome:
    asked, visit = vote.poll.question, vote.visit
    ref = None if asked.post_id is None else QuestionRef(asked.post_id, asked.position)
    told = explained_later(visit.person_id, ref, visit.words)
    return Outcome(owed=_explaining(vote, asked.post_id, [told]))


def _explaining(
    vote: VoteInPrivate, post_id: int | None, calls: Sequence[OwedCall]
) -> tuple[OwedCall, ...]:
    """The same calls, about the post; the row goes after the last of them."""
    about = None if post_id is None else About(post_id)
    *before, last = calls
    return (
        *(replace(call, about=about) for call in before),
        replace(last, about=about, afterwards=_row_gone(vote)),
    )


def _heard(vote: VoteInPrivate) -> tuple[Fact, ...]:
    """What they said of the question before is in the answer now."""
    question, person_id = vote.poll.question, vote.visit.person_id
    if vote.before.confidence is None or question.post_id is None:
        return ()
    return (ConfidenceTaken(person_id, question.post_id, question.position),)


def _row_gone(vote: VoteInPrivate) -> Afterwards | None:
    """The row by which they could say it goes, once the explanation is out."""
    question, message_id = vote.poll.question, vote.poll.message_id
    before = vote.before
    if not (before.wants_confidence or before.daily or before.purpose == "review"):
        return None
    if question.post_id is None or message_id is None:
        return None
    if question.chat_id != vote.visit.person_id:
        return None
    return without_row(message_id)
