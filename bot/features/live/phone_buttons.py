"""What the buttons on the phones of a live round send back."""

from enum import StrEnum
from typing import Self

from bot.features.shared.buttons import PHONE, ButtonData, read_id
from bot.features.shared.messages import Button, press


class OnPhone(StrEnum):
    """What somebody in a round does. Old buttons stay: a word once used keeps its meaning."""

    VOTE = "v"
    CASE = "case"
    EXPLAIN = "why"


class PhonePress(ButtonData, frozen=True):
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
    def _read(cls, data: str) -> Self:
        word, number, where = data.removeprefix(PHONE).split(":")
        position, dot, choice = where.partition(".")
        if (word == OnPhone.VOTE) is not bool(dot):
            raise ValueError(data)
        chosen = read_id(choice) if dot else None
        return cls(OnPhone(word), read_id(number), read_id(position), chosen)


def phone_button(
    label: str, what: OnPhone, round_id: int, position: int, choice: int | None = None
) -> Button:
    """A button about a question of a round."""
    return press(label, str(PhonePress(what, round_id, position, choice)))
