"""Words without a slash that mean a command, and commands that are not quite spelled: pure."""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from msgspec import Struct

from bot.base.i18n import ENGLISH, Languages, Words
from bot.features.finding.search import folded

_NEAR = 0.6  # difflib's ratio: two letters turned round in a word of five


class Meant(Struct, frozen=True):
    """A command, and what stands after it."""

    name: str
    argument: str = ""


def meant(text: str, words: Words) -> Meant | None:
    """The command that a text means, in the person's language or in English; None: none."""
    whole = folded(text)
    first, _, rest = text.strip().partition(" ")
    for spoken in (words, Languages.load().words[ENGLISH]):
        for command, said in _WHOLE:
            if whole in _listed(said(spoken)):
                return command
        for name, said in _WITH_MORE:
            if folded(first) in _listed(said(spoken)):
                return Meant(name, rest.strip())
    return None


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The command whose name begins so, or is most like this one, if any is."""
    known, name = list(names), name.lower()
    begun = [one for one in known if one.startswith(name)] if name else []
    return next(iter(begun or get_close_matches(name, known, 1, _NEAR)), None)


def _listed(said: str) -> list[str]:
    return [folded(one) for one in said.split(",")]


_Said = Callable[[Words], str]
# What a whole text may be; alternatives are separated by commas.
_WHOLE: Sequence[tuple[Meant, _Said]] = (
    (Meant("case"), lambda w: w.say("next, next case, another, another case, new case, more")),
    (Meant("daily", "off"), lambda w: w.say("stop, unsubscribe")),
    (Meant("help"), lambda w: w.say("help, hello, hi, commands, menu")),
    (Meant("start"), lambda w: w.say("start, begin")),
    (Meant("topics"), lambda w: w.say("topics, all topics, subjects")),
    (Meant("saved"), lambda w: w.say("saved, saved cases, bookmarks, favorites")),
    (Meant("progress"), lambda w: w.say("progress, my progress, statistics, stats")),
    (Meant("preferences"), lambda w: w.say("preferences, settings")),
    (Meant("language"), lambda w: w.say("language, languages")),
    (Meant("mydata"), lambda w: w.say("mydata, my data")),
    (Meant("forget"), lambda w: w.say("forget, forget me, delete my data")),
    (Meant("privacy"), lambda w: w.say("privacy")),
    (Meant("about"), lambda w: w.say("about")),
    (Meant("channel"), lambda w: w.say("channel, my channel")),
    (Meant("cohorts"), lambda w: w.say("cohorts, my cohorts")),
    (Meant("cohort"), lambda w: w.say("cohort, my cohort")),
    (Meant("report"), lambda w: w.say("report, my report")),
    (Meant("write"), lambda w: w.say("write, write a case")),
    (Meant("drafts"), lambda w: w.say("drafts, my drafts")),
    (Meant("cancel"), lambda w: w.say("cancel, never mind")),
)
# What a text may begin with; the rest is the command's.
_WITH_MORE: Sequence[tuple[str, _Said]] = (
    ("case", lambda w: w.say("case, cases")),
    ("find", lambda w: w.say("find, search")),
    ("review", lambda w: w.say("review, reviews, repeat")),
    ("daily", lambda w: w.say("daily")),
    ("practice", lambda w: w.say("practice, practise, exam, session")),
    ("assign", lambda w: w.say("assign, assignments")),
    ("refs", lambda w: w.say("refs, references")),
)
