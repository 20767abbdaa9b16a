"""What is said of a rule, or of any other code that `check` reports."""

from dataclasses import dataclass

from content.lint.faults import FAULTS
from content.lint.naming import UnknownRuleError, nearest
from content.lint.registry import RULES
from content.lint.rule import Rule
from content.problems import Severity


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences, each below its name, and YAML, each below what it shows."""

    name: str
    severity: Severity | None
    said: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...] = ()


def explain(name: str) -> Explanation:
    """Why a code is reported and what to do about it. Raises UnknownRuleError."""
    if fault := FAULTS.get(name):
        return Explanation(name, None, (("Why", fault.reason), ("What to do", fault.remedy)))
    if not (rule := RULES.get(name)):
        raise UnknownRuleError(f"there is no rule {name!r}{nearest(name, FAULTS)}")
    said = (
        ("Finds", f"{rule.finds}."),
        ("Why", rule.reason),
        ("Source", f"{rule.source}."),
        ("To leave it out", _ignoring(name, rule.severity)),
    )
    where = "" if isinstance(rule, Rule) else " (library)"
    examples = ((f"Found{where}", rule.bad), (f"Better{where}", rule.good))
    return Explanation(
        name, rule.severity, said, tuple((shows, yaml.strip("\n")) for shows, yaml in examples)
    )


def _ignoring(name: str, severity: Severity) -> str:
    if severity is Severity.ERROR:
        return "an error cannot be ignored: it would break a post or break the law."
    return f"in the case, with the reason: lint: {{ignore: {{{name}: why not here}}}}"
