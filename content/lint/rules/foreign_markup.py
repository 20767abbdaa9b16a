"""The rule ``foreign-markup``."""

import re
from collections.abc import Iterator
from html.entities import html5

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.phrases import phrase

# Each is looked for in what learners see: what Markdown has made something of is gone there.
_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|s|small|span"
    r"|strong|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,30}\d{0,2});")
_FORMULA = re.compile(r"\\[a-zA-Z]{2,30}\b|\$\$")
_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_TABLE = re.compile(r"\|[ ]*:?-{3,}")
_CODE = re.compile(r"`[^`\n]{1,200}`|```")
_CROSSED_OUT = re.compile(r"~~[^~\n]{1,200}~~")
_LINK = re.compile(r"!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\)")
_STARS = re.compile(r"\*\*(?=\w)|(?<=\w)\*\*|\b__(?=\w)|(?<=[^\W_])__\b")
_BULLETS = re.compile(r"\S [•▪◦‣●] ?\S")
# In a title or a choice, stars around words; HLA-B*57:01 has a letter before its star.
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{1,100}(?<=[^\s*])\1(?![\w*])")

_KINDS = (
    (_TAG, phrase("take the tag out; looks are written **so** and *so*")),
    (_ENTITY, phrase("write the character itself")),
    (_FORMULA, phrase("Telegram sets no formulas; say it in words and signs")),
    (_HEADING, phrase("make it a section of the discussion, or **bold**")),
    (_TABLE, phrase("Telegram shows no tables; write a line for each row")),
    (_CODE, phrase("take the ` away")),
    (_CROSSED_OUT, phrase("take the ~~ away")),
    (_LINK, phrase("links go to https:// addresses, and pictures are figures")),
    (_BULLETS, phrase("lines become one; begin each item's line with a hyphen")),
    (_STARS, phrase("put ** close around whole words, before and behind")),
)
_IN_LINES = ((_EMPHASIS, phrase("titles, prompts and choices have no looks; take the stars away")),)


def find(subject: Subject) -> Iterator[Finding]:
    """Marks that mean something in another place, and that learners would see as they are."""
    for passage in subject.texts:
        for kind, advice in (*(_IN_LINES if passage.is_line else ()), *_KINDS):
            if (hit := kind.search(passage.plain)) and _is_one(hit):
                shown = _shown(passage, hit)
                said = phrase(
                    "learners see “{marks}” as it stands; {advice}", marks=shown, advice=advice
                )
                yield at(passage, said)
                break


def _is_one(hit: re.Match[str]) -> bool:
    """Whether a name between & and ; is one of HTML's."""
    return hit.re is not _ENTITY or hit[0][1] == "#" or hit[0][1:] in html5


def _shown(passage: Passage, hit: re.Match[str]) -> str:
    """The marks, to the end of a word that stands a little behind their beginning."""
    text = passage.plain
    end = text.find(" ", max(hit.end(), hit.start() + 15))
    return " ".join(text[hit.start() : end if end >= 0 else len(text)][:60].split())


RULE = Rule(
    name="foreign-markup",
    finds="a mark of HTML, LaTeX or Markdown that learners would see as it stands",
    reason="Case texts know paragraphs, bold, italic, lists and links; titles, prompts and choices"
    " know nothing at all. Whatever else is pasted from a page or a program reaches learners sign"
    " by sign.",
    source="Telegram Bot API, formatting options; this project's Markdown subset",
    bad="""
vignette: >
  A 64-year-old woman has had <b>hard</b> lumps beneath the skin of both arms for a year.
""",
    good="""
vignette: >
  A 64-year-old woman has had **hard** lumps beneath the skin of both arms for a year.
""",
    find=find,
)
