"""A clock that can be set, so that dull hours are left out."""

from datetime import UTC, datetime

from msgspec import field

from bot.base.clock import Clock


class SteppedClock(Clock, frozen=True):
    """A clock whose wall time can be set; spans that it measures are not touched by that."""

    steps: list[int] = field(default_factory=list)

    def now(self) -> int:
        """UTC milliseconds."""
        return Clock.now(self) + sum(self.steps)

    def step_to(self, at: int) -> None:
        """It shows ``at`` (UTC ms) now."""
        self.steps.append(at - self.now())

    @property
    def spec(self) -> str:
        """It as a setting, for a program that starts before the next step."""
        begun = datetime.fromtimestamp(self.start + sum(self.steps) / 1000, UTC)
        return f"{begun:%Y-%m-%dT%H:%M:%S.%f}x{self.speed}@{self.epoch}"
