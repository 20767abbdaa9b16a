"""All the rules there are."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, Final

from content.lint import rules
from content.lint.rule import LibraryRule, Rule

_MODULES = [
    import_module(f"{rules.__name__}.{found.name}") for found in iter_modules(rules.__path__)
]
RULES: Final[Mapping[str, Rule | LibraryRule[Any]]] = MappingProxyType(
    {module.RULE.name: module.RULE for module in _MODULES}
)
"""By name, in alphabetical order."""
