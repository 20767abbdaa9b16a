"""Telegram's tidying: odd characters and outer blanks go, entities are cut, merged and nested."""

from itertools import groupby
from typing import Final

from msgspec.structs import replace

from bot.sandbox.entities.utf16 import utf16_length, utf16_offsets
from bot.sandbox.model import Entity

MAX_ENTITIES: Final = 100
"""Telegram drops further ones without a word."""

STYLES: Final = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES: Final = frozenset({"blockquote", "expandable_blockquote"})
ALONE: Final = frozenset({"code", "pre", "date_time"})
"""What stands in nothing but a quote, and holds nothing."""
_ORDER: Final = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "date_time": 30,
    "text_link": 49, "text_mention": 49, "bold": 90, "italic": 91, "underline": 92,
    "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}  # fmt: skip
"""Which of two in the same place is the outer one: the lower; found ones have 50."""
_DROPPED: Final = dict.fromkeys([0x0D, 0x030A, 0x0333, 0x033F, *range(0x2028, 0x202F)])
_BLANKS: Final = dict.fromkeys([*range(0x0A), *range(0x0B, 0x0D), *range(0x0E, 0x20)], " ")


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text as Telegram shows it, with entities sorted, outer before inner."""
    text, entities = _without_odd(text, entities)
    start, end = _bounds(text)
    text_offsets = utf16_offsets(text)
    low, high = text_offsets[start], text_offsets[end]
    kept = [cut for entity in entities if (cut := _cut(entity, low, high)) is not None]
    return text[start:end], _nested(_merged(_untangled(kept)))[:MAX_ENTITIES]


def _without_odd(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.translate(_BLANKS)
    if _DROPPED.keys().isdisjoint(map(ord, text)):
        return text, entities
    # For every UTF-16 offset of the text, the offset once odd characters are gone.
    moved = [0]
    for char in text:
        width = utf16_length(char)
        moved.extend([moved[-1] + (0 if ord(char) in _DROPPED else width)] * width)
    last = len(moved) - 1
    cleaned = []
    for entity in entities:
        begin = moved[min(entity.offset, last)]
        end = moved[min(entity.offset + entity.length, last)]
        cleaned.append(replace(entity, offset=begin, length=end - begin))
    return text.translate(_DROPPED), cleaned


def _bounds(text: str) -> tuple[int, int]:
    end = len(text.rstrip())
    return min(len(text) - len(text.lstrip()), end), end


def _cut(entity: Entity, low: int, high: int) -> Entity | None:
    begin, end = max(entity.offset, low), min(entity.offset + entity.length, high)
    if begin >= end:
        return None
    return replace(entity, offset=begin - low, length=end - begin)


def _untangled(entities: list[Entity]) -> list[Entity]:
    """Without what cannot be inside something else: styles in code, quotes in quotes."""

    def inside(inner: Entity, outer: Entity) -> bool:
        return (
            inner is not outer
            and outer.offset <= inner.offset
            and inner.offset + inner.length <= outer.offset + outer.length
        )

    alone = [entity for entity in entities if entity.type in ALONE]
    quotes = [entity for entity in entities if entity.type in QUOTES]

    def allowed(entity: Entity) -> bool:
        if entity.type in QUOTES:
            return not any(inside(entity, quote) for quote in quotes)
        if entity.type in ALONE:
            return not any(inside(entity, other) for other in alone)
        return not any(
            inside(entity, other) or (entity.type in STYLES and inside(other, entity))
            for other in alone
        )

    return [entity for entity in entities if allowed(entity)]


def _merged(entities: list[Entity]) -> list[Entity]:
    """Styles of one kind that touch or overlap become one, as Telegram keeps them."""
    result = [entity for entity in entities if entity.type not in STYLES]
    styled = sorted(
        (entity for entity in entities if entity.type in STYLES),
        key=lambda entity: (entity.type, entity.offset),
    )
    for _, group in groupby(styled, key=lambda entity: entity.type):
        current: Entity | None = None
        for entity in group:
            if current is not None and entity.offset <= current.offset + current.length:
                end = max(current.offset + current.length, entity.offset + entity.length)
                current = replace(current, length=end - current.offset)
                continue
            if current is not None:
                result.append(current)
            current = entity
        if current is not None:
            result.append(current)
    return result


def _nested(entities: list[Entity]) -> list[Entity]:
    def rank(entity: Entity) -> tuple[int, int, int]:
        return entity.offset, -entity.length, _ORDER.get(entity.type, 50)

    return sorted(entities, key=rank)
