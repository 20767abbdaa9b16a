"""Pictures of a case while it is written: what was sent, and what its author said of each.

Nothing of a picture is fetched before its author said who made it, under which licence it may be
used, and that the patient consented: until then only Telegram's name for it is kept.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from content.drafting import DraftCase
from content.model import Case
from content.plain_picture import NARROW

BEFORE_IT_IS_TAKEN: Final = ("creator", "licence", "consent")
ALL_THAT_IS_ASKED: Final = (*BEFORE_IT_IS_TAKEN, "caption", "alt")
_UNNAMED: Final = "picture"


class DraftPicture(Struct, frozen=True):
    """A picture by its number in the draft; ``place``: 0, or of which question it is, from 1.

    ``file_id`` is Telegram's name for it until it is here, ``sha256`` ours from then on; where it
    stands in a document, ``file_id`` is that one's, and ``inside`` its place there, from 1.
    ``as_photo``: Telegram made it smaller. ``replaces`` is the number of the one in whose place it
    comes. ``said_in`` are the messages that gave what is said of it. ``file`` is that of a
    published case, where it lies already.
    """

    number: int
    place: int = 0
    file_id: str = ""
    message_id: int = 0
    as_photo: bool = False
    replaces: int = 0
    creator: str = ""
    licence: str = ""
    consent: str = ""
    caption: str = ""
    alt: str = ""
    said_in: Mapping[str, int] = {}
    sha256: str = ""
    ending: str = ""
    width: int = 0
    changes: tuple[str, ...] = ()
    file: str = ""
    inside: int = 0

    @property
    def here(self) -> bool:
        """Whether it was taken."""
        return bool(self.sha256)

    @property
    def may_be_taken(self) -> bool:
        """Whether all that has to be known before is."""
        return all(getattr(self, field) for field in BEFORE_IT_IS_TAKEN)

    @property
    def unanswered(self) -> str | None:
        """What its author is to say of it next; None: nothing more."""
        return next((one for one in ALL_THAT_IS_ASKED if not getattr(self, one)), None)

    @property
    def whole(self) -> bool:
        """Whether it is here, and all is said of it."""
        return self.here and self.unanswered is None

    def saying(self, field: str, value: str, message_id: int | None = None) -> "DraftPicture":
        """With this said of it."""
        others = {one: sent for one, sent in self.said_in.items() if one != field}
        said = {**others, field: message_id} if message_id else others
        return replace(self, **{field: value}, said_in=said)

    def as_said_of(self, other: "DraftPicture") -> "DraftPicture":
        """As another, in what has to be known before it is taken."""
        return replace(self, creator=other.creator, licence=other.licence, consent=other.consent)

    def file_name(self, case_id: str = _UNNAMED) -> str:
        """Its path from the folder of a case with this id: by its bytes, so that another picture
        never takes the name of one that is there.
        """
        return self.file or f"figures/{case_id}-{self.sha256[:8]}.{self.ending}"


def numbered(pictures: Sequence[DraftPicture], number: int) -> DraftPicture | None:
    """The one with this number."""
    return next((one for one in pictures if one.number == number), None)


def staying(pictures: Sequence[DraftPicture]) -> list[DraftPicture]:
    """Without those that another is to replace."""
    going = {one.replaces for one in pictures}
    return [one for one in pictures if one.number not in going]


def put(pictures: Sequence[DraftPicture], picture: DraftPicture) -> tuple[DraftPicture, ...]:
    """With this one in place of that of its number, or last.

    Once it is here, it stands where the one stood that it replaces.
    """
    if numbered(pictures, picture.number) is None:
        return (*pictures, picture)
    changed = [picture if one.number == picture.number else one for one in pictures]
    replaced = numbered(changed, picture.replaces) if picture.here else None
    if replaced is not None:
        changed.remove(picture)
        changed[changed.index(replaced)] = replace(picture, replaces=0)
    return tuple(changed)


def without(pictures: Sequence[DraftPicture], number: int) -> tuple[DraftPicture, ...]:
    """Without the one with this number."""
    return tuple(one for one in pictures if one.number != number)


def said_of(pictures: Sequence[DraftPicture], message_id: int, text: str) -> DraftPicture | None:
    """The picture of which a message says something, now with this text; None: of none.

    A picture's own message says its caption, if anything.
    """
    for one in pictures:
        for field, said_in in one.said_in.items():
            if said_in == message_id:
                return one.saying(field, text, message_id)
        if one.message_id == message_id and not one.inside:
            return one.saying("caption", text, message_id) if text or not one.caption else one
    return None


def let_go(before: Sequence[DraftPicture], after: Sequence[DraftPicture]) -> list[str]:
    """The hashes of those of which the bytes are needed no more."""
    still = {one.sha256 for one in after}
    return [one.sha256 for one in before if one.here and one.sha256 not in still]


def new_files(pictures: Sequence[DraftPicture], case_id: str) -> Mapping[str, str]:
    """The hashes of those that are to be written beside a case's file, by their paths.

    Those that lie there already do so as their author left them.
    """
    taken = [one for one in pictures if one.here and not one.file]
    return {one.file_name(case_id): one.sha256 for one in taken}


def with_figures(
    case: DraftCase, pictures: Sequence[DraftPicture], case_id: str = _UNNAMED
) -> DraftCase:
    """The case with those that are here, each with its question where there is that one."""
    taken = [one for one in pictures if one.here]
    if not taken:
        return case
    questions = [dict(each) for each in case.get("questions", ())]
    own = list(case.get("figures", ()))
    for one in taken:
        figure = _figure(one, case_id)
        if 0 < one.place <= len(questions):
            asked = questions[one.place - 1]
            asked["figures"] = [*asked.get("figures", ()), figure]
        else:
            own.append(figure)
    figures = {"figures": own} if own else {}
    return {**case, **figures, **({"questions": questions} if questions else {})}


def figures_of(case: Case) -> set[str]:
    """The files of the figures that ``taken_apart`` makes pictures of."""
    asked = (one for question in case.questions for one in question.figures)
    return {one.file for one in (*case.figures, *asked)}


def taken_apart(
    case: DraftCase, hashes: Mapping[str, str]
) -> tuple[DraftCase, tuple[DraftPicture, ...]]:
    """A case of the folder without its figures, and these as pictures of a draft.

    ``hashes`` are those of the figures' bytes, by their files.
    """
    questions = [dict(each) for each in case.get("questions", ())]
    found = [(0, one) for one in case.get("figures", ())]
    for place, asked in enumerate(questions, start=1):
        found += [(place, one) for one in asked.pop("figures", ())]
    pictures = tuple(
        DraftPicture(
            number,
            place,
            creator=str(one["creator"]),
            licence=str(one["licence"]),
            consent=str(one["consent"]),
            caption=str(one["caption"]),
            alt=str(one["alt"]),
            sha256=hashes[str(one["file"])],
            width=NARROW,  # or more: nobody is told anything of it
            file=str(one["file"]),
        )
        for number, (place, one) in enumerate(found, start=1)
    )
    base = {key: case[key] for key in case if key != "figures"}
    return {**base, "questions": questions}, pictures


def _figure(picture: DraftPicture, case_id: str) -> dict[str, Any]:
    said = {field: getattr(picture, field) for field in ("caption", "alt", *BEFORE_IT_IS_TAKEN)}
    named = {"file": picture.file_name(case_id)}
    return named | {field: value for field, value in said.items() if value}
