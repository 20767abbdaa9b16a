"""The presenter's panel: how people join, where the round stands, and what can be done now."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.base.time_units import MINUTE_MS
from bot.features.live.live_buttons import Act, round_button
from bot.features.live.screen_values import Ballot, RoundShown
from bot.features.live.states import RoundPosition, Step, possible
from bot.features.shared.case_names import question_of
from bot.features.shared.file_messages import qr_message
from bot.features.shared.messages import html_message, in_rows, message, quoting
from bot.features.shared.share_bars import bar
from content.disclosure import coded, shareable
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.live_rounds import CLOSED, GATHERING, OPEN, REVEALED, SILENT_MS
from storage.outcome import OwedCall

_COUNTED: Final = frozenset({CLOSED, REVEALED})


class Panel(Struct, frozen=True):
    """What a panel shows: the round, the address of its screen, if it has one.

    ``owed``: how many phones are still to be told what came last. ``ends_soon``: nothing has been
    heard of its presenter for long.
    """

    shown: RoundShown
    screen: str | None = None
    owed: int = 0
    ends_soon: bool = False

    @property
    def standing(self) -> RoundPosition:
        """Where the round stands."""
        return RoundPosition.of(self.shown.round)


def panel(chat_id: int, shown: Panel, words: Words) -> OwedCall:
    """The panel, with a button for each thing that can be done now."""
    live, questions = shown.shown.round, len(shown.shown.snapshot.case.questions)
    if live.is_over:
        return html_message(chat_id, to_html(_over(shown, words)))
    names = _step_names(words)
    steps = possible(shown.standing, questions)
    # Whoever has shown the votes mostly goes on to the next thing: the end stands apart.
    others = [step for step in steps if step is not Step.END]
    rows = [[round_button(names[step], step, live.id, shown.standing)] for step in others]
    if shown.ends_soon:
        # Above the end alone: nobody's thumb meets another step than they meant.
        keep = words.say("Keep open")
        rows.append([round_button(keep, Act.GO_ON, live.id, shown.standing)])
    rows.append([round_button(names[Step.END], Step.END, live.id, shown.standing)])
    return html_message(chat_id, to_html(_told(shown, words)), rows)


def end_question(chat_id: int, shown: Panel, words: Words) -> OwedCall:
    """The panel while it is asked whether a round ends though an answer is not revealed."""
    live = shown.shown.round
    question = words.say(
        "**End now?** People have voted on this question, and its answer has not been revealed."
        " Their votes count as answers all the same."
    )
    told = (*_head(shown, words), *parse(question))
    yes = round_button(words.say("End the round"), Act.END_NOW, live.id, shown.standing)
    no = round_button(words.say("Go on"), Act.GO_ON, live.id, shown.standing)
    return html_message(chat_id, to_html(told), in_rows([yes, no], 2))


def presented_by(chat_id: int, shown: Panel, name: str, presenter: int, words: Words) -> OwedCall:
    """What becomes of a panel once somebody else presents the round."""
    line = words.say("{name} presents this round now.", name=name)
    told = ((_title(shown, words),), (plain(line),))
    return quoting(html_message(chat_id, to_html(told)), (presenter, name))


def qr_code(chat_id: int, shown: Panel, words: Words) -> OwedCall:
    """How people join, to be shown where there is no screen; drawn when it is sent.

    It may be passed on, and so does not name the screen.
    """
    told = to_html([(_title(shown, words),), *_joining(replace(shown, screen=None), words)])
    return qr_message(chat_id, shown.shown.link, told, instead=told)


def ended_by_itself(chat_id: int, minutes: int, words: Words) -> OwedCall:
    """To whoever presented a round and was not heard of."""
    sentence = words.count(
        "I ended your live round, since nothing was pressed for {n} minute. What was voted counts.",
        "I ended your live round, since nothing was pressed for {n} minutes. What was voted"
        " counts.",
        minutes,
    )
    return message(chat_id, sentence)


def ended_unapproved(chat_id: int, words: Words) -> OwedCall:
    """To whoever presented a round and is no educator any more."""
    sentence = words.say(
        "I ended your live round, since you are no longer approved as an educator. What was voted"
        " counts."
    )
    return message(chat_id, sentence)


def what_stands(shown: Panel, words: Words) -> str:
    """Where the round stands, in a line that a toast has room for."""
    return state_line(shown, words).replace("*", "")


def state_line(shown: Panel, words: Words) -> str:
    """The same as the panel says it."""
    live, counts = shown.shown.round, shown.shown.counts
    voted, joined = counts.voted, counts.joined
    match live.state:
        case "gathering":
            return words.count("**{n} person is in.**", "**{n} people are in.**", joined)
        case "shown":
            return words.say("**The case is shown.** Open the vote once it has been read.")
        case "open":
            return words.say(
                "**Voting is open: {voted} of {joined} in.**", voted=voted, joined=joined
            )
        case "closed":
            return words.say(
                "**Voting is closed: {voted} of {joined} voted.**", voted=voted, joined=joined
            )
        case "revealed":
            return words.say("**The answer is revealed.**")
    return words.say("**This round is over.**")


def _step_names(words: Words) -> Mapping[Step, str]:
    return {
        Step.SHOW: words.say("Show the case"),
        Step.OPEN: words.say("Open"),
        Step.CLOSE: words.say("Close"),
        Step.VOTES: words.say("Show votes"),
        Step.AGAIN: words.say("Discuss, vote again"),
        Step.REVEAL: words.say("Reveal"),
        Step.NEXT: words.say("Next"),
        Step.END: words.say("End"),
    }


def _told(shown: Panel, words: Words) -> tuple[Paragraph, ...]:
    live = shown.shown.round
    told = [*_head(shown, words), *_joining(shown, words), *parse(state_line(shown, words))]
    if live.state in _COUNTED and live.votes_shown:
        told += _votes(shown.shown, words)
    if live.state == REVEALED:
        told.append(_right(shown.shown, words))
    if sending := _sending(shown, words):
        told.append((Run(sending, italic=True),))
    if shown.ends_soon:
        told.append((plain(_warning(words)),))
    return tuple(told)


def _warning(words: Words) -> str:
    return words.count(
        "⏳ Nothing has been pressed here for long. After {n} minute the round ends by itself.",
        "⏳ Nothing has been pressed here for long. After {n} minutes the round ends by itself.",
        SILENT_MS // MINUTE_MS,
    )


def _over(shown: Panel, words: Words) -> tuple[Paragraph, ...]:
    joined = shown.shown.counts.joined
    after = words.count(
        "{n} person took part. What they voted first counts as an answer, as everywhere, and comes"
        " back in their review.",
        "{n} people took part. What they voted first counts as an answer, as everywhere, and comes"
        " back in their review.",
        joined,
    )
    told: tuple[Paragraph, ...] = (
        (_title(shown, words),),
        *parse(state_line(shown, words)),
    )
    return (*told, (plain(after),)) if joined else told


def _head(shown: Panel, words: Words) -> tuple[Paragraph, ...]:
    live, case = shown.shown.round, shown.shown.snapshot.case
    if len(case.questions) == 1 or live.state == GATHERING:
        return ((_title(shown, words),),)
    which = question_of(live.position + 1, len(case.questions), words)
    return ((_title(shown, words), plain(f"\n{which}")),)


def _title(shown: Panel, words: Words) -> Run:
    return Run(words.lead + words.isolated(shown.shown.snapshot.case.title), bold=True)


def _joining(shown: Panel, words: Words) -> tuple[Paragraph, ...]:
    code = words.say("Code: {code}", code=shown.shown.round.code)
    lines = [code, shown.shown.link]
    if shown.screen is not None:
        lines.append(words.say("Screen: {address}", address=shown.screen))
    return ((plain("\n".join(lines)),),)


def _votes(shown: RoundShown, words: Words) -> list[Paragraph]:
    """Shares by choice, numbered as on the screen; before and after side by side."""
    if not all(shareable(ballot.voters, closed=True) for ballot in shown.ballots):
        return [(plain(words.say("Too few votes to show how they went.")),)]
    told: list[Paragraph] = []
    if len(shown.ballots) > 1:
        told.append((Run(words.say("First vote → after discussion"), italic=True),))
    key = shown.question.correct if shown.round.state == REVEALED else ()
    lines = []
    for number, place in enumerate(shown.order, start=1):
        bars = " → ".join(_share(ballot, place, words) for ballot in shown.ballots)
        text = words.isolated(shown.question.choices[place].text)
        mark = " ✅" if place in key else ""
        lines.append(f"{words.lead}{bars} {number}. {text}{mark}")
    return [*told, (plain("\n".join(lines)),)]


def _share(ballot: Ballot, place: int, words: Words) -> str:
    share = ballot.counts.get(place, 0) / ballot.voters
    return f"{bar(share)} {words.percent(coded(share, ballot.voters))}"


def _right(shown: RoundShown, words: Words) -> Paragraph:
    choices = shown.question.choices
    right = [
        f"{number}. {choices[place].text}"
        for number, place in enumerate(shown.order, start=1)
        if place in shown.question.correct
    ]
    return (plain(words.say("Right: {choices}", choices="; ".join(right))),)


def _sending(shown: Panel, words: Words) -> str:
    """How far phones have been told what came last."""
    joined = shown.shown.counts.joined
    if shown.owed:
        sent = max(0, joined - shown.owed)
        return words.say("Sending: {sent} of {n} phones have it.", sent=sent, n=joined)
    told = shown.shown.round.state in {OPEN, REVEALED}
    return words.say("All phones have it.") if told and joined else ""
