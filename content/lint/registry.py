"""All the rules there are."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, Final

from content.lint import rules
from content.lint.rule import LibraryRule, Rule


def _found() -> Mapping[str, Rule | LibraryRule[Any]]:
    modules = (
        import_module(f"{rules.__name__}.{found.name}") for found in iter_modules(rules.__path__)
    )
    return MappingProxyType({module.RULE.name: module.RULE for module in modules})


RULES: Final = _found()
"""By name, in alphabetical order."""
