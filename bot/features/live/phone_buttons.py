"""What the buttons on the phones of a live round send back."""

from enum import StrEnum

from msgspec import Struct

from bot.features.shared.buttons import PHONE, read_id
from bot.features.shared.messages import Button, press


class OnPhone(StrEnum):
    """What somebody in a round does. Old buttons stay: a word once used keeps its meaning."""

    VOTE = "v"
    CASE = "case"
    EXPLAIN = "why"


class PhonePress(Struct, frozen=True):
    """A press in a round: ``phone:<what>:<round>:<position>``, of a vote and ``.<choice>``.

    ``choice`` is its place in the file: the right one is known nowhere but on the server.
    """

    what: OnPhone
    round_id: int
    position: int
    choice: int | None = None

    def __str__(self) -> str:
        choice = "" if self.choice is None else f".{self.choice:x}"
        return f"{PHONE}{self.what}:{self.round_id:x}:{self.position:x}{choice}"

    @classmethod
    def parse(cls, data: str) -> "PhonePress | None":
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        word, _, rest = data.removeprefix(PHONE).partition(":")
        number, _, where = rest.partition(":")
        position, dot, choice = where.partition(".")
        try:
            chosen = read_id(choice) if dot else None
            pressed = cls(OnPhone(word), read_id(number), read_id(position), chosen)
        except ValueError:
            return None
        votes = pressed.what is OnPhone.VOTE
        return pressed if str(pressed) == data and votes is (chosen is not None) else None


def phone_button(
    label: str, what: OnPhone, round_id: int, position: int, choice: int | None = None
) -> Button:
    """A button about a question of a round."""
    return press(label, str(PhonePress(what, round_id, position, choice)))
