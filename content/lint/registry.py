"""All the rules there are."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

from content.lint import rules
from content.lint.rule import LibraryRule, Rule

AnyRule = Rule | LibraryRule[Any]


class _Rules(Mapping[str, AnyRule]):
    """Imports the rules when first asked for one: a bot that starts has no time for them."""

    @cached_property
    def _found(self) -> dict[str, AnyRule]:
        modules = (
            import_module(f"{rules.__name__}.{found.name}")
            for found in iter_modules(rules.__path__)
        )
        return {module.RULE.name: module.RULE for module in modules}

    def __getitem__(self, name: str) -> AnyRule:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


RULES: Final[Mapping[str, AnyRule]] = _Rules()
"""By name, in alphabetical order."""
