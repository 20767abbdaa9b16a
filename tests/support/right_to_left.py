"""A language that runs from right to left, made of the bot's own sentences."""

import re
from pathlib import Path

import polib

from bot.base.i18n import LOCALES, Languages, Words

_KEPT = re.compile(r"(\{\w+\}|/[a-z]+|\]\([^)]*\))")
"""Values, commands and addresses stay in a translation."""
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz", "אבכדהפגחימקלנסעצתרשטותדקיז", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


def hebrew(folder: Path) -> Words:
    """Every sentence in Hebrew letters, through a catalogue in this folder; its code is "he"."""
    catalogue = polib.pofile(str(LOCALES / "messages.pot"))
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(map(_written, (entry.msgid, entry.msgid_plural))))
        else:
            entry.msgstr = _written(entry.msgid)
    catalogue.save_as_mofile(str(folder / "he.mo"))
    return Languages.load(folder).words["he"]


def _written(sentence: str) -> str:
    parts = _KEPT.split(sentence)
    return "".join(
        part if n % 2 else part.lower().translate(_LETTERS) for n, part in enumerate(parts)
    )
