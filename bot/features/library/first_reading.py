"""Reading the cases at the start."""

import logging
from collections.abc import Callable

from bot.settings import Settings
from content.known_cases import KnownCases
from content.library import Library, load_library

log = logging.getLogger(__name__)


def read_library(settings: Settings, needed: Callable[[], bool] = lambda: True) -> Library:
    """The shipped cases and the residency's own; broken files are named, and left out.

    Raises NotNeededError.
    """
    known = KnownCases(settings.known_cases)
    library = load_library(*settings.case_folders, known=known, needed=needed)
    try:
        known.save()
    except OSError as error:
        log.warning("The next start must read all cases anew: %s", error.strerror)
    for problem in library.problems:
        log.warning("%s", problem)
    log.info("%d cases", len(library.cases))
    return library
