"""What the buttons of a live round's presenter send back."""

from enum import StrEnum

from msgspec import Struct

from bot.features.live.states import Standing, Step
from bot.features.shared.buttons import LIVE, read_id
from bot.features.shared.messages import Button, press

PICK = f"{LIVE}pick:"  # and then which part of choosing a case, and after a colon its value


class Act(StrEnum):
    """What else than a step a presenter, or a colleague, does. No word stands in ``Step``."""

    END_NOW = "end-yes"
    GO_ON = "end-no"
    TAKE_OVER = "take"


class RoundPress(Struct, frozen=True):
    """A press about a round: ``live:<what>:<round>:<position>.<ballot>``, as the panel showed it.

    An old panel so does nothing to a question that it did not show.
    """

    what: Step | Act
    round_id: int
    position: int
    ballot: int

    def __str__(self) -> str:
        return f"{LIVE}{self.what}:{self.round_id:x}:{self.position:x}.{self.ballot:x}"

    @classmethod
    def parse(cls, data: str) -> "RoundPress | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        word, _, rest = data.removeprefix(LIVE).partition(":")
        number, _, where = rest.partition(":")
        position, _, ballot = where.partition(".")
        try:
            what = Step(word) if word in set(Step) else Act(word)
            pressed = cls(what, read_id(number), read_id(position), read_id(ballot))
        except ValueError:
            return None
        return pressed if str(pressed) == data else None


def round_button(label: str, what: Step | Act, round_id: int, now: Standing) -> Button:
    """A button about a round that stands there."""
    return press(label, str(RoundPress(what, round_id, now.position, now.ballot)))


def pick(label: str, part: str, value: str = "") -> Button:
    """A button that leads to the case to be presented."""
    return press(label, f"{PICK}{part}:{value}")
