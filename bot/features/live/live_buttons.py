"""What the buttons of a live round's presenter send back."""

from enum import StrEnum
from typing import Self

from bot.features.live.states import RoundPosition, Step
from bot.features.shared.buttons import LIVE, ButtonData, read_id
from bot.features.shared.messages import Button, press
from storage.live_rounds import LiveRound

PICK = f"{LIVE}pick:"  # and then which part of choosing a case, and after a colon its value


class Act(StrEnum):
    """What else than a step a presenter, or a colleague, does. No word stands in ``Step``."""

    END_NOW = "end-yes"
    GO_ON = "end-no"
    TAKE_OVER = "take"


class RoundPress(ButtonData, frozen=True):
    """A press about a round: ``live:<what>:<round>:<position>.<ballot>``, as the panel showed it.

    An old panel so does nothing to a question that it did not show; nor does ``TAKE_OVER``, which
    says after another dot whose round it is, take one from anybody else.
    """

    what: Step | Act
    round_id: int
    position: int
    ballot: int
    presenter: int | None = None

    def __str__(self) -> str:
        whose = "" if self.presenter is None else f".{self.presenter:x}"
        return f"{LIVE}{self.what}:{self.round_id:x}:{self.position:x}.{self.ballot:x}{whose}"

    @classmethod
    def _read(cls, data: str) -> Self:
        word, number, where = data.removeprefix(LIVE).split(":")
        position, ballot, *whose = where.split(".", 2)
        what = Step(word) if word in set(Step) else Act(word)
        if (what is Act.TAKE_OVER) is not bool(whose):
            raise ValueError(data)
        return cls(what, read_id(number), read_id(position), read_id(ballot), *map(read_id, whose))


def round_button(label: str, what: Step | Act, round_id: int, now: RoundPosition) -> Button:
    """A button about a round that stands there."""
    return press(label, str(RoundPress(what, round_id, now.position, now.ballot)))


def take_over_button(label: str, live: LiveRound) -> Button:
    """A button that takes a round over from who presents it now."""
    now = RoundPosition.of(live)
    pressed = RoundPress(Act.TAKE_OVER, live.id, now.position, now.ballot, live.presenter)
    return press(label, str(pressed))


def pick(label: str, part: str, value: str = "") -> Button:
    """A button that leads to the case to be presented."""
    return press(label, f"{PICK}{part}:{value}")
