"""What was voted in a live round becomes answers, and so comes back in everybody's review."""

from typing import Final

from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from bot.services import Services
from content.snapshot import Snapshot
from storage.facts import AnswerGiven
from storage.live_facts import LiveAnswersRecorded
from storage.live_rounds import LiveRound
from storage.live_votes import LiveVote
from storage.outcome import Outcome

AT_ONCE: Final = 200
"""Answers in one commit, between which everybody else gets their turn."""


async def record_live_answers(services: Services, live: LiveRound) -> Outcome:
    """The next of them. Those written down already are passed over, so that a kill costs none."""
    votes = await services.store.live_votes.to_record(live.id, AT_ONCE)
    snapshot = Snapshot.from_json(live.content)
    asked = {
        position: PostedQuestion(snapshot, position, live.post_id)
        for position in {vote.position for vote in votes}
    }
    met = {(vote.person_id, asked[vote.position].revision) for vote in votes}
    past = await services.store.votes.past(met) if met else None
    answers = []
    for vote in votes:
        question = asked[vote.position]
        again = past is not None and (vote.person_id, question.revision) in past.answered
        answers.append(_answer(vote, question, again=again))
    if len(votes) == AT_ONCE:
        return Outcome(tuple(answers))
    return Outcome((*answers, LiveAnswersRecorded(live.id)))


def _answer(vote: LiveVote, asked: PostedQuestion, *, again: bool) -> AnswerGiven:
    """Whoever voted after the discussion alone had heard of it: that is no first answer.

    Until a ballot closes a choice may be changed, so that it is not known how long it took.
    """
    response = Response(vote.choices, vote.voted_at, None)
    return graded_answer(vote.person_id, asked, response, first=not again and vote.ballot == 1)
