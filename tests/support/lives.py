"""State machines of Hypothesis, run alike."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def live(machine: type[RuleBasedStateMachine], lives: int) -> None:
    """So many lives of 25 steps, on however slow a disk."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=lives,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
