"""What is said of a rule, or of any other code that `check` reports."""

from msgspec import Struct

from content.lint.faults import FAULTS
from content.lint.naming import UnknownRuleError, nearest
from content.lint.registry import RULES
from content.lint.rule import Rule
from content.problems import Severity

_NEVER = "An error cannot be ignored: it would break a post or break the law."
_IGNORING = """
lint:
  ignore:
    {name}: the reason why it does not hold here
"""


class Explanation(Struct, frozen=True):
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
    said = [("Finds", f"{rule.finds}."), ("Why", rule.reason), ("Source", f"{rule.source}.")]
    where = "" if isinstance(rule, Rule) else " (library)"
    examples = [(f"Found{where}", rule.bad), (f"Better{where}", rule.good)]
    if rule.severity is Severity.ERROR:
        said.append(("To leave it out", _NEVER))
    else:
        examples.append(("To leave it out in a case", _IGNORING.format(name=name)))
    yaml = tuple((shows, written.strip("\n")) for shows, written in examples)
    return Explanation(name, rule.severity, tuple(said), yaml)
