"""The bytes of a case file as text, or why they are none."""

import re
import unicodedata
from pathlib import Path

from content.phrases import Phrase, phrase
from content.problems import Mark, Problem, problem_at

MAX_BYTES = 1_000_000
_PLAIN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
LINE_BREAK = re.compile("\r\n|\r|\n")
# Control characters, and what Telegram drops from every text: U+2028-202E, and three combining
# marks where they stay apart from their letter (clean_input_string in tdlib).
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u030a\u0333\u033f\ud800-\udfff\ufffe\uffff]"
)


def decoded(path: Path, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text, if it can be read as YAML, and what is refused; ``path`` is only written there."""
    if len(data) > MAX_BYTES:
        message = phrase("the file is larger than {n} bytes", n=f"{MAX_BYTES:,}")
        return None, [problem_at(path, Mark(), "too-large", message)]
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        mark = _mark_after(data[: error.start].decode("utf-8"))
        message = phrase("the file is not UTF-8 from here on; save it as UTF-8")
        return None, [problem_at(path, mark, "encoding", message)]
    problems = []
    if source.startswith("\ufeff"):
        message = phrase("save the file as UTF-8 without a byte order mark")
        problems.append(problem_at(path, Mark(), "byte-order-mark", message))
        source = source[1:]
    if not source or source.isspace():
        return None, [
            *problems,
            problem_at(path, Mark(), "empty-file", phrase("the file is empty")),
        ]
    hits: list[re.Match[str]] = []
    # To look through the whole of a file takes as long as to read it; what is not plain is little.
    if REFUSED.search(data.translate(None, _PLAIN).decode()):
        hits = [hit for hit in REFUSED.finditer(source) if _stays_apart(source, hit)]
    problems += [
        problem_at(path, _mark_after(source[: hit.start()]), *dropped(hit[0])) for hit in hits[:20]
    ]
    return None if hits else source, problems


def dropped(character: str) -> tuple[str, Phrase]:
    """Code and phrase about a refused character."""
    number = f"U+{ord(character):04X}"
    message = phrase(
        "{character} is a character that Telegram drops; take it out", character=number
    )
    return "control-character", message


def _stays_apart(source: str, hit: re.Match[str]) -> bool:
    """Whether this character is still itself once composed with the letters before it."""
    cluster = source[max(0, hit.start() - 3) : hit.end()]
    return REFUSED.search(unicodedata.normalize("NFC", cluster)) is not None


def _mark_after(before: str) -> Mark:
    lines = LINE_BREAK.split(before)
    return Mark(len(lines), len(lines[-1]) + 1)
