"""Sentences about cases, so made that they can be said in other languages than English.

A phrase keeps what translators know, its template, apart from what stands in it: words and numbers
of the case, or other phrases. Whoever translates finds the templates by ``phrase`` and ``phrases``.
"""

from collections.abc import Sequence
from functools import reduce
from string import Formatter

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """``str`` of it is English. ``template`` names the ``values`` in braces.

    ``many``, unless empty, is the template where the number ``n`` is not 1.
    """

    template: str
    values: tuple[tuple[str, "str | int | Phrase"], ...] = ()
    many: str = ""
    n: int = 1

    def __str__(self) -> str:
        template = self.many if self.many and self.n != 1 else self.template
        return template.format(**dict(self.values))

    def value(self, name: str) -> "str | int | Phrase | None":
        """What stands in it under this name."""
        return dict(self.values).get(name)

    def filled(self, **values: "str | int | Phrase") -> "Phrase":
        """The same with those of these values that its template names."""
        named = (name for _, name, _, _ in Formatter().parse(self.template) if name)
        return Phrase(self.template, tuple((name, values[name]) for name in named))


def phrase(template: str, /, **values: str | int | Phrase) -> Phrase:
    """A phrase with these values in it."""
    return Phrase(template, tuple(values.items()))


def phrases(one: str, many: str, n: int, /, **values: str | int | Phrase) -> Phrase:
    """The phrase for this number, which stands in it as ``{n}``."""
    return Phrase(one, (("n", n), *values.items()), many, n)


def listed(each: Sequence[Phrase]) -> Phrase:
    """One or more phrases in a row, between commas."""
    return reduce(lambda some, last: phrase("{some}, {last}", some=some, last=last), each)
