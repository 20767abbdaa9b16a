"""The bot's words in each language, through gettext.

English is written in the code. A language is added by putting ``<code>.po`` into ``bot/locales/``
and running ``make messages``, which makes a ``.mo`` of it; no code changes. Sentences are written
in the Markdown subset of ``content.markup``.
"""

import gettext
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from content.disclosure import End, Told
from content.phrases import Phrase

LOCALES = Path(__file__).parents[1] / "locales"
ENGLISH = "en"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_MARK = "\N{RIGHT-TO-LEFT MARK}"


class Words(Struct, frozen=True):
    """The bot's words in one language; ``name`` is what the language calls itself.

    Apps lay each line out in the direction of its first letter. Where words run from right to left,
    a mark says so, and names and the text of cases amid them are isolated (Unicode UAX #9).
    """

    code: str
    name: str
    translations: gettext.NullTranslations

    @property
    def right_to_left(self) -> bool:
        """As the language's own name is written."""
        return unicodedata.bidirectional(self.name[0]) in {"R", "AL"}

    @property
    def lead(self) -> str:
        """What begins each sentence, and a line whose first words are not ours."""
        return _MARK if self.right_to_left else ""

    @property
    def isolates(self) -> tuple[str, str]:
        """What stands around other text amid these words, so that neither turns the other."""
        return (_FIRST_STRONG_ISOLATE, _POP_ISOLATE) if self.right_to_left else ("", "")

    def isolated(self, text: str) -> str:
        """The text within isolates; an address, which nobody reads, stays whole."""
        before, after = ("", "") if text.startswith("https://") else self.isolates
        return f"{before}{text}{after}"

    def say(self, sentence: str, /, **values: str | int) -> str:
        """The sentence in this language, with ``{values}`` put in, each as people read it."""
        return self.lead + self.translations.gettext(sentence).format(**self._amid(values))

    def count(self, one: str, many: str, number: int, /, **values: str | int) -> str:
        """The sentence for this number, which stands in it as ``{n}``."""
        sentence = self.translations.ngettext(one, many, number)
        return self.lead + sentence.format(n=number, **self._amid(values))

    def tell(self, said: Phrase) -> str:
        """What is said of a case, in this language; phrases in phrases, too."""
        return self.lead + self._told(said)

    def _told(self, said: Phrase) -> str:
        if said.many:
            sentence = self.translations.ngettext(said.template, said.many, said.n)
        else:
            # Of an empty one gettext would tell what stands at the head of its catalogue.
            sentence = said.template and self.translations.gettext(said.template)
        told = {name: self._told(one) for name, one in said.values if isinstance(one, Phrase)}
        own = {name: one for name, one in said.values if not isinstance(one, Phrase)}
        return sentence.format(**told, **self._amid(own))

    def _amid(self, values: Mapping[str, str | int]) -> Mapping[str, str | int]:
        if not self.right_to_left:
            return values
        return {
            name: self.isolated(value) if isinstance(value, str) else value
            for name, value in values.items()
        }

    def labelled(self, name: str, value: str) -> str:
        """A value behind its name."""
        return self.say("{name}: {value}", name=name, value=value)

    def percent(self, share: Told) -> str:
        """A share of one, as people read it."""
        match share:
            case End.LOW:
                return self.say("< {percent}%", percent=hundredths(share.value))
            case End.HIGH:
                return self.say("> {percent}%", percent=hundredths(share.value))
        return self.say("{percent}%", percent=hundredths(share))


def hundredths(share: float) -> int:
    """A share of one in hundredths: 0 is nobody, and 100 everybody."""
    nearest = round(share * 100)
    return min(max(nearest, 1), 99) if 0 < share < 1 else nearest


class Languages:
    """All languages there are."""

    def __init__(self, words: Mapping[str, Words]) -> None:
        self.words = words

    @classmethod
    @cache
    def load(cls, folder: Path = LOCALES) -> "Languages":
        """Every catalogue in ``folder``, read once, beside English, which needs none."""
        found = {ENGLISH: Words(ENGLISH, "English", gettext.NullTranslations())}
        for path in sorted(folder.glob("*.mo")):
            with path.open("rb") as file:
                translations = gettext.GNUTranslations(file)
            # Each catalogue translates the word "English" as its own language's name for itself.
            name = translations.gettext("English")
            found[path.stem] = Words(path.stem, name, translations)
        return cls(found)

    def choose(self, chosen: str | None, telegram: str | None) -> Words:
        """The person's own choice, else what their app speaks, else English.

        ``telegram`` is an IETF tag such as ``pt-br``; its first part is enough.
        """
        for code in (chosen, telegram, telegram and telegram.partition("-")[0]):
            if code and (words := self.words.get(code.lower())):
                return words
        return self.words[ENGLISH]
