"""Who guessed wrong lately: kept in memory alone, so that a restart forgives."""

from typing import Final

MOST: Final = 5
"""So many different wrong guesses of one person, and the next is not looked at."""
WITHIN_MS: Final = 10 * 60 * 1000
"""How long a wrong guess is remembered: ms."""
_MOST_PEOPLE: Final = 10_000


class WrongGuesses:
    """The wrong guesses of each person by when they were made; ``now`` is UTC milliseconds."""

    def __init__(self) -> None:
        self._made: dict[int, dict[str, int]] = {}

    def note(self, person_id: int, guess: str, now: int) -> None:
        """A person guessed this, and it is wrong."""
        made = {**self._lately(person_id, now), guess: now}
        self._made.pop(person_id, None)
        self._made[person_id] = made
        # Whoever guessed longest ago stands first.
        while (first := next(iter(self._made))) != person_id:
            if self._lately(first, now) and len(self._made) <= _MOST_PEOPLE:
                break
            del self._made[first]

    def wait_ms(self, person_id: int, now: int) -> int:
        """For how long a person may not guess; 0: they may now."""
        made = self._lately(person_id, now)
        if len(made) < MOST:
            return 0
        return sorted(made.values())[-MOST] + WITHIN_MS - now

    def _lately(self, person_id: int, now: int) -> dict[str, int]:
        made = self._made.get(person_id, {})
        # A clock that was set back meanwhile makes nobody wait for longer.
        return {guess: at for guess, at in made.items() if 0 <= now - at < WITHIN_MS}
