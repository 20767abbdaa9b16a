"""Cases read again: whether they are taken over, and who is told."""

import logging
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bot.features.library import take_over_view as views
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from content.candidate import Broken, Sound
from content.problems import Problem
from content.retiring import retiring
from content.signing import signing
from storage.outcome import Outcome, OwedCall

log = logging.getLogger(__name__)


class Failed(Struct, frozen=True):
    """Reading did not come to an end; ``what`` says why, briefly and without names."""

    what: str


Found = Sound | Broken | Failed


async def ask(services: Services, who: Visit, _argument: str) -> Outcome:
    """`/reload`: the answer comes once the cases have been read."""
    services.reload_requests.ask(who.person_id)
    return said(who, views.looking(who.person_id, who.words))


class TakeOver:
    """Takes over a library without errors, keeps the old one otherwise, and says so.

    Administrators hear of whatever changes; who asked hears in any case.
    """

    def __init__(self, services: Services, folders: Sequence[Path]) -> None:
        self._services = services
        self._folders = folders
        self._errors: tuple[Problem, ...] = ()  # those last told of

    async def tell(self, found: Found, askers: Collection[int]) -> Outcome:
        """What is owed to administrators for what was found. Raises StorageError."""
        found = self._withdrawing(found)
        whom = {*askers, *self._services.settings.admins} if self._is_news(found) else {*askers}
        return Outcome(owed=tuple([await self._message(person, found) for person in sorted(whom)]))

    def settle(self, found: Found) -> None:
        """Act on what was found, once what is owed for it is on record."""
        match self._withdrawing(found):
            case Sound(library, changes, _):
                self._services.library = signing(library, self._services.library.signatures)
                self._errors = ()
                if changes:
                    log.info("The cases were read again: %d now.", len(library.cases))
            case Broken(errors, _):
                self._errors = errors
                log.warning("Changed cases were not taken over: %d errors.", len(errors))
                for line in self._lines(errors):
                    log.warning("%s", line)

    def _withdrawing(self, found: Found) -> Found:
        """The same, without the cases that hold what is retired."""
        if not isinstance(found, Sound):
            return found
        return replace(found, library=retiring(found.library, self._services.library.retired))

    def _is_news(self, found: Found) -> bool:
        match found:
            case Sound(_, changes, _):
                return bool(changes or self._errors)
            case Broken(errors, _):
                return errors != self._errors
            case Failed():
                return True

    def _lines(self, errors: Sequence[Problem]) -> list[str]:
        return [views.problem_line(error, self._folders) for error in errors]

    async def _message(self, person_id: int, found: Found) -> OwedCall:
        words = await words_of(self._services, person_id)
        match found:
            case Sound(library, changes, warnings) if changes:
                cases = len(library.cases)
                return views.taken_over(person_id, cases, changes, warnings, words)
            case Sound(library, _, warnings):
                return views.unchanged(person_id, len(library.cases), warnings, words)
            case Broken(errors, _):
                return views.kept(person_id, self._lines(errors), words)
            case Failed(what):
                return views.failed(person_id, what, words)
