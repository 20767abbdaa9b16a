"""What the screen of a live round shows: all of it, at each change.

Nothing in it names a person, and until the answer is revealed nothing in it gives the answer away.
"""

from collections.abc import Sequence
from typing import Final

from bot.base.i18n import Words
from bot.features.live.screen_values import (
    Answer,
    Ballot,
    Bars,
    ChoiceShare,
    Join,
    Piece,
    RoundShown,
    Screen,
    ScreenQuestion,
    ShownFigure,
    Text,
)
from bot.features.shared.case_names import question_of
from content.citation import uncited
from content.disclosure import End, coded, shareable
from content.grading import needs_multiple
from content.markup import Paragraph, parse
from content.question import Question
from storage.live_rounds import CLOSED, ENDED, GATHERING, OPEN, REVEALED, LiveRound

_ASKED: Final = frozenset({OPEN, CLOSED, REVEALED})
_COUNTED: Final = frozenset({CLOSED, REVEALED})


def screen(shown: RoundShown, words: Words) -> Screen:
    """What the screen shows of a round."""
    now, case = shown.round, shown.snapshot.case
    told, over = now.state not in {GATHERING, ENDED}, now.is_over
    votes = now.state in _COUNTED and now.votes_shown
    where = question_of(now.position + 1, len(case.questions), words)
    how = words.say("Scan, open the link, or send the bot this code")
    return Screen(
        state=now.state,
        position=now.position,
        language=words.code,
        direction="rtl" if words.right_to_left else "ltr",
        title=case.title,
        heading=_heading(now, words),
        place=where if told and len(case.questions) > 1 else "",
        count="" if over else _how_many(shown, words),
        notice=_too_few(shown, words) if votes else "",
        vignette=_vignette(shown) if told else (),
        reveal=_text(parse(shown.question.reveal or "")) if told else (),
        figures=_figures(shown) if told else (),
        asked=_asked(shown, words) if now.state in _ASKED else None,
        bars=_bars(shown, words) if votes else (),
        answer=_answer(shown, words) if now.state == REVEALED else None,
        join=None if over else Join(now.code, shown.link, how),
    )


def _heading(now: LiveRound, words: Words) -> str:
    """What is going on, in a few words; whoever listens to the page hears it at each change."""
    match now.state:
        case "gathering":
            return words.say("Join with your phone")
        case "shown":
            return words.say("The case")
        case "open" if now.ballot == 1:
            return words.say("Vote now")
        case "open":
            return words.say("Discuss, then vote again")
        case "closed":
            return words.say("Voting is closed")
        case "revealed":
            return words.say("The answer")
    return words.say("This round is over. Thank you for taking part.")


def _how_many(shown: RoundShown, words: Words) -> str:
    """How many are there, or have voted; never how."""
    counts = shown.counts
    if shown.round.state in _ASKED:
        return words.say("{voted} of {joined} in", voted=counts.voted, joined=counts.joined)
    return words.count("{n} person is in", "{n} people are in", counts.joined)


def _text(paragraphs: Sequence[Paragraph]) -> Text:
    """Paragraphs without their links, which nobody can follow on a screen."""
    return tuple(
        tuple(Piece(run.text, run.bold, run.italic) for run in paragraph)
        for paragraph in paragraphs
    )


def _vignette(shown: RoundShown) -> Text:
    """What was told before this question's own news."""
    case = shown.snapshot.case
    earlier = (parse(asked.reveal or "") for asked in case.questions[: shown.round.position])
    return _text((*parse(case.vignette), *(line for told in earlier for line in told)))


def _figures(shown: RoundShown) -> Sequence[ShownFigure]:
    """Those that come with this question; where none do, those that came last."""
    snapshot = shown.snapshot
    for position in range(shown.round.position, -1, -1):
        if figures := snapshot.case.figures_with(position):
            return tuple(
                ShownFigure(sha256, figure.alt, _text(parse(figure.caption)))
                for figure, sha256 in zip(figures, snapshot.figures_with(position), strict=True)
            )
    return ()


def _asked(shown: RoundShown, words: Words) -> ScreenQuestion:
    question = shown.question
    several = words.say("Choose all that apply.") if needs_multiple(question) else ""
    return ScreenQuestion(
        question.prompt, [question.choices[place].text for place in shown.order], several
    )


def _bars(shown: RoundShown, words: Words) -> Sequence[Bars]:
    """The votes that are over; the first beside what it became, once there are two."""
    titles = [words.say("First vote"), words.say("After discussion")]
    if len(shown.ballots) == 1:
        titles = [words.say("Votes")]
    return tuple(
        Bars(title, _shares(ballot, shown.order, words))
        for title, ballot in zip(titles, shown.ballots, strict=True)
    )


def _shares(ballot: Ballot, order: Sequence[int], words: Words) -> Sequence[ChoiceShare]:
    voters, counts = ballot.voters, ballot.counts
    if not shareable(voters, closed=True):
        return ()
    told = [coded(counts.get(place, 0) / voters, voters) for place in order]
    # The length of a bar tells no more than its number.
    lengths = [each.value if isinstance(each, End) else each for each in told]
    return [
        ChoiceShare(words.percent(each), round(length * 100))
        for each, length in zip(told, lengths, strict=True)
    ]


def _too_few(shown: RoundShown, words: Words) -> str:
    enough = all(shareable(ballot.voters, closed=True) for ballot in shown.ballots)
    return "" if enough else words.say("Too few votes to show how they went.")


def _answer(shown: RoundShown, words: Words) -> Answer:
    question, order = shown.question, shown.order
    right = [place for place, in_file in enumerate(order) if in_file in question.correct]
    return Answer(
        mark=words.say("right answer"),
        right=right,
        key_point=_key_point(question, words),
        whys=[_text(parse(uncited(question.choices[order[place]].why or ""))) for place in right],
    )


def _key_point(question: Question, words: Words) -> Text:
    if not question.key_point:
        return ()
    first, *rest = _text(parse(question.key_point))
    return ((Piece(words.say("Key point:"), bold=True), Piece(" "), *first), *rest)
