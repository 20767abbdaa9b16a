"""The bot's words in each language, through gettext.

English is written in the code. A language is added by putting ``<code>.po`` into ``bot/locales/``
and running ``make messages``, which makes a ``.mo`` of it; no code changes. Sentences are written
in the Markdown subset of ``content.markup``.
"""

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

LOCALES = Path(__file__).parents[1] / "locales"
ENGLISH = "en"


class Words(Struct, frozen=True):
    """The bot's words in one language; ``name`` is what the language calls itself."""

    code: str
    name: str
    translations: gettext.NullTranslations

    def say(self, sentence: str, /, **values: str | int) -> str:
        """The sentence in this language, with ``{values}`` put in, each as people read it."""
        return self.translations.gettext(sentence).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: str | int) -> str:
        """The sentence for this number, which stands in it as ``{n}``."""
        return self.translations.ngettext(one, many, number).format(n=number, **values)


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
