"""What the screen of a live round shows: all of it, at each change.

Nothing in it names a person, and until the answer is revealed nothing in it gives the answer away.
"""

from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.live.screen_values import (
    ASKED,
    Answer,
    Asked,
    Ballot,
    Bars,
    Join,
    Piece,
    RoundShown,
    Screen,
    Share,
    ShownFigure,
    State,
    Text,
)
from bot.features.shared.case_names import question_of
from content.disclosure import End, coded, shareable
from content.grading import needs_multiple
from content.markup import Paragraph, parse
from content.model import Figure, Question


def screen(now: RoundShown, words: Words) -> Screen:
    """What the screen shows of a round."""
    case = now.snapshot.case
    question = case.questions[now.position]
    told = now.state not in {"gathering", "ended"}
    closed = now.state in {"closed", "revealed"}
    voting = now.state in ASKED
    return Screen(
        state=now.state,
        position=now.position,
        language=words.code,
        direction="rtl" if words.right_to_left else "ltr",
        title=case.title,
        heading=heading(now.state, now.ballot, words),
        place=question_of(now.position + 1, len(case.questions), words)
        if len(case.questions) > 1 and told
        else "",
        count=how_many(now, words) if now.state != "ended" else "",
        notice=_too_few(now, words) if closed and now.votes_shown else "",
        vignette=_vignette(now) if told else (),
        reveal=text(parse(question.reveal or "")) if told else (),
        figures=_figures(now) if told else (),
        asked=_asked(question, now.order, words) if voting else None,
        bars=_bars(now, words) if closed and now.votes_shown else (),
        answer=_answer(question, now.order, words) if now.state == "revealed" else None,
        join=Join(now.code, now.link, words.say("Scan to join, or open the link"))
        if now.state != "ended"
        else None,
    )


def heading(state: State, ballot: int, words: Words) -> str:
    """What is going on, in a word or two; whoever hears the page hears it at each change."""
    match state, ballot:
        case "gathering", _:
            return words.say("Join with your phone")
        case "shown", _:
            return words.say("The case")
        case "open", 1:
            return words.say("Vote now")
        case "open", _:
            return words.say("Discuss, then vote again")
        case "closed", _:
            return words.say("Voting is closed")
        case "revealed", _:
            return words.say("The answer")
    return words.say("The round is over. Thank you for taking part.")


def how_many(now: RoundShown, words: Words) -> str:
    """How many are there, or have voted; never how."""
    if now.state in ASKED:
        return words.say("{voted} of {joined} in", voted=now.voted, joined=now.joined)
    return words.count("{n} has joined", "{n} have joined", now.joined)


def text(paragraphs: Sequence[Paragraph]) -> Text:
    """Paragraphs without their links, which nobody can follow on a screen."""
    return tuple(
        tuple(Piece(run.text, run.bold, run.italic) for run in paragraph)
        for paragraph in paragraphs
    )


def _vignette(now: RoundShown) -> Text:
    """What was told before this question's own news."""
    case = now.snapshot.case
    earlier = (parse(asked.reveal or "") for asked in case.questions[: now.position])
    return text((*parse(case.vignette), *(line for told in earlier for line in told)))


def _figures(now: RoundShown) -> Sequence[ShownFigure]:
    """Those that come with this question; where none do, those that were shown last."""
    snapshot = now.snapshot
    for position in range(now.position, -1, -1):
        figures: Sequence[Figure] = snapshot.case.figures_with(position)
        if figures:
            return tuple(
                ShownFigure(sha256, figure.alt, text(parse(figure.caption)))
                for figure, sha256 in zip(figures, snapshot.figures_with(position), strict=True)
            )
    return ()


def _asked(question: Question, order: Sequence[int], words: Words) -> Asked:
    several = words.say("Choose all that apply.") if needs_multiple(question) else ""
    return Asked(question.prompt, [question.choices[place].text for place in order], several)


def _bars(now: RoundShown, words: Words) -> Sequence[Bars]:
    """The votes that are over; the first beside what it became, once there are two."""
    titles = [words.say("First vote"), words.say("After discussion")]
    if len(now.ballots) == 1:
        titles = [words.say("Votes")]
    return tuple(
        Bars(title, _shares(ballot, now.order, words))
        for title, ballot in zip(titles, now.ballots, strict=True)
    )


def _shares(ballot: Ballot, order: Sequence[int], words: Words) -> Sequence[Share]:
    if not shareable(ballot.voters, closed=True):
        return ()
    return tuple(
        _share(ballot.counts.get(place, 0) / ballot.voters, ballot.voters, words) for place in order
    )


def _share(share: float, voters: int, words: Words) -> Share:
    told = coded(share, voters)
    # The length of a bar tells no more than its figure.
    length = told.value if isinstance(told, End) else told
    return Share(words.percent(told), round(length * 100))


def _too_few(now: RoundShown, words: Words) -> str:
    enough = all(shareable(ballot.voters, closed=True) for ballot in now.ballots)
    return "" if enough else words.say("Too few votes to show how they went.")


def _answer(question: Question, order: Sequence[int], words: Words) -> Answer:
    right = [number for number, place in enumerate(order) if place in question.correct]
    return Answer(
        mark=words.say("right answer"),
        right=right,
        key_point=text(parse(question.key_point or "")),
        whys=[text(parse(question.choices[order[number]].why or "")) for number in right],
    )
