"""Lengths and offsets as Telegram counts them in entities: UTF-16 code units."""


def utf16_length(text: str) -> int:
    """How many UTF-16 units the text takes; characters beyond U+FFFF take two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_offsets(text: str) -> list[int]:
    """The UTF-16 offset of every character and, last, of the end."""
    if text.isascii():
        return [*range(len(text) + 1)]
    offsets = [0]
    for char in text:
        offsets.append(offsets[-1] + (2 if char > "\uffff" else 1))
    return offsets
