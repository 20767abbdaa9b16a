"""The parts of a case, in the order in which they are asked for, and what stands in each."""

from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any, Final
from zlib import crc32

from msgspec import Struct

from content.drafting import DraftCase, Note, asks_for_key
from content.model import Level

TEXT: Final = "text"
"""What is awaited where the whole case is sent as it stands."""
PICTURE: Final = "picture"
"""What is awaited where a picture is; the place is that of its question, from 1, or 0."""
OF_QUESTION: Final = ("prompt", "choices", "correct", "whys", "key_point")
STEPS: Final = (
    *("title", "vignette", PICTURE, *OF_QUESTION, "discussion", "references"),
    *("topics", "level", "authors", "licence"),
)
"""Each is asked for unless it is there; any can be skipped."""
OF_CASE: Final = (*(part for part in STEPS if part not in OF_QUESTION), "language")
LEVELS: Final = tuple(level.value for level in Level)
LICENCES: Final = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0")


class WantedPart(Struct, frozen=True):
    """What an author is to send next: a part of a draft, or all of one (0: of a new one)."""

    part: str = TEXT
    draft_id: int = 0
    question: int = 0

    def __str__(self) -> str:
        return f"write {self.part} {self.draft_id:x} {self.question}"

    @classmethod
    def parse(cls, command: str) -> "WantedPart | None":
        """Read what ``str`` wrote; None for what any other feature awaits."""
        match command.split(" "):
            case ["write", part, draft_id, question]:
                return cls(part, int(draft_id, 16), int(question))
        return None


def question_of(case: DraftCase, place: int) -> Mapping[str, Any]:
    """A question of a draft, as far as there is one."""
    questions = case.get("questions", ())
    return questions[place] if place < len(questions) else {}


def choices_of(case: DraftCase, place: int) -> list[Mapping[str, Any]]:
    """The choices of a question."""
    return list(question_of(case, place).get("choices", ()))


def shown_part(case: DraftCase, part: str, place: int = 0) -> str:
    """What stands in a part, as its author could have typed it; empty where nothing does."""
    choices = choices_of(case, place)
    match part:
        case "prompt" | "key_point":
            return str(question_of(case, place).get(part, ""))
        case "choices":
            return _lettered([str(each.get("text", "")) for each in choices])
        case "correct":
            right = [str(each.get("text", "")) for each in choices if each.get("correct")]
            return "\n".join(right)
        case "whys":
            return _lettered([str(each.get("why", "")) for each in choices])
        case "discussion":
            sections = case.get(part, ())
            return "\n\n".join(
                f"{each.get('heading', '')}\n{each.get('text', '')}" for each in sections
            )
        case "authors":
            return "; ".join(map(str, case.get(part, ())))
    value = case.get(part, "")
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def is_there(case: DraftCase, part: str, place: int = 0) -> bool:
    """Whether something stands in it; of references, whether each says where it appeared."""
    if part == PICTURE:
        return bool(case.get("figures"))
    if part == "references":
        listed = case.get(part, ())
        return bool(listed) and all(map(has_source, listed))
    return bool(shown_part(case, part, place))


def unsettled(case: DraftCase, problems: Iterable[Note]) -> list[Note]:
    """What was not understood of its text, without what its author has said since: the key."""
    questions = range(len(case.get("questions", ())))
    keyed = bool(questions) and all(is_there(case, "correct", place) for place in questions)
    return [one for one in problems if not (keyed and asks_for_key(one))]


def has_source(reference: Mapping[str, Any]) -> bool:
    """Whether a reference says where it appeared: a number alone does not."""
    return bool(reference.get("journal") or reference.get("site"))


def step_after(case: DraftCase, part: str = "") -> str | None:
    """The next part that is missing, after this one; None: no more are asked for.

    A case can do without a picture: it is asked for behind the vignette, and not looked for later.
    """
    first = STEPS.index(part) + 1 if part in STEPS else 0
    wanted = [each for each in STEPS[first:] if each != PICTURE or part == "vignette"]
    return next((each for each in wanted if not is_there(case, each)), None)


def step_before(part: str) -> str | None:
    """The part before this one; None: it is the first."""
    return STEPS[STEPS.index(part) - 1] if part in STEPS[1:] else None


def option_key(option: str) -> int:
    """What stands for an option in a button: its words, so that no other one is ever meant."""
    return crc32(option.encode())


def _lettered(lines: list[str]) -> str:
    named = zip(ascii_uppercase, lines, strict=False)
    return "\n".join(f"{letter}. {line}" for letter, line in named if line)
