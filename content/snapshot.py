"""A case as it was when it was posted, so that later edits never change what an answer meant."""

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel

from content.model import Case

FORMAT = 1
_KEPT = 128  # snapshots that were read last: votes in one case come together
Model = TypeVar("Model", bound=BaseModel)


class Snapshot(Struct, frozen=True):
    """A case, and the SHA-256 of each of its figures in their order (``Case.shown_figures``).

    ``variant``: the case is that of ``content.one_question_case.alone`` for this variant of its
    question.
    """

    case: Case
    figures: tuple[str, ...]
    variant: str | None = None

    def figures_with(self, position: int) -> tuple[str, ...]:
        """Those of ``Case.figures_with``."""
        case = self.case
        start = len(case.figures) if position else 0
        start += sum(len(asked.figures) for asked in case.questions[:position])
        return self.figures[start : start + len(case.figures_with(position))]

    def to_json(self) -> str:
        """The one JSON text of this snapshot: equal snapshots give equal texts."""
        return _written(self)[0]

    @property
    def digest(self) -> str:
        """The SHA-256 of ``to_json``, in hexadecimal."""
        return _written(self)[1]

    @classmethod
    @lru_cache(maxsize=_KEPT)
    def from_json(cls, document: str) -> "Snapshot":
        """Read a snapshot, whenever it was written.

        The case is restored by the shape of its models without their rules, so that it stays
        readable after a rule has become stricter; keys that the models no longer know are passed
        over. A change of shape needs a new format number and a step from the old one. Raises
        ValueError where the text is no snapshot of a known format.
        """
        try:
            data = json.loads(document)
            if data["format"] != FORMAT:
                raise ValueError(f"this snapshot has the unknown format {data['format']!r}")
            case = _restore_model(Case, data["case"])
            return cls(case, tuple(data["figures"]), data.get("variant"))
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is not a snapshot of a case: {error!r}") from error


@lru_cache(maxsize=_KEPT)
def _written(snapshot: Snapshot) -> tuple[str, str]:
    """A snapshot's text and digest: the same case is posted to many chats."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "case": snapshot.case.model_dump(mode="json", exclude_none=True),
        "figures": snapshot.figures,
    }
    if snapshot.variant is not None:
        document["variant"] = snapshot.variant
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


@cache
def _restorer(shape: Hashable) -> Callable[[Any], Any]:
    """What makes a value of the annotated ``shape`` from its JSON form, unchecked."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _restorer(arguments[0])
    if origin in {Union, UnionType}:
        some = _restorer(next(kind for kind in arguments if kind is not NoneType))
        return lambda value: None if value is None else some(value)
    if origin is tuple:
        item = _restorer(arguments[0])
        return lambda value: tuple(map(item, value))
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return partial(_restore_model, shape)
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        known = {str(member): member for member in shape}
        return lambda value: known.get(value, value)
    return date.fromisoformat if shape is date else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _fields(kind: type[BaseModel]) -> Mapping[str, Callable[[Any], Any]]:
    return {
        name: _restorer(cast(Hashable, info.annotation)) for name, info in kind.model_fields.items()
    }


@cache
def _required(kind: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, info in kind.model_fields.items() if info.is_required())


def _restore_model(kind: type[Model], data: Mapping[str, Any]) -> Model:
    if absent := _required(kind).difference(data):
        raise KeyError(*sorted(absent))
    given = {name: restored(data[name]) for name, restored in _fields(kind).items() if name in data}
    return kind.model_construct(**given)


def case_of(document: str) -> Case | None:
    """The case of a kept snapshot; None of one that cannot be read, as from a damaged page."""
    try:
        return Snapshot.from_json(document).case
    except ValueError:
        return None
