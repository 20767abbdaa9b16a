"""Formulas in LaTeX, which Telegram shows as they stand."""

import re

from content.exchange.stems import one_line

_COMMANDS = "frac|sqrt|text|mathrm|ce|times|alpha|beta|mu|Delta|geq?|leq?"
_LATEX = re.compile(
    r"\$\$[^$]{1,200}\$\$"
    r"|\$[^$\n]{0,80}[\\^_{][^$\n]{0,80}\$"
    r"|\\[(\[].{1,200}?\\[)\]]"
    rf"|\\(?:{_COMMANDS})\b"
)


def formula(markdown: str) -> str:
    """The first formula that this shows; empty where it shows none."""
    found = _LATEX.search(one_line(markdown))
    return found[0] if found else ""
