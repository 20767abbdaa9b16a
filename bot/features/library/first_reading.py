"""Reading the cases at the start."""

import logging
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings
from content.library import Library, load_library

log = logging.getLogger(__name__)


def read_library(settings: Settings, needed: Callable[[], bool] = lambda: True) -> Library:
    """The shipped cases and the residency's own; broken files are named, and left out.

    Raises NotNeededError, and OSError where figures cannot be kept beside the database.
    """
    _delete_kept_cases(settings.database)
    # The system's folder for such files is often in its memory.
    figures_in = settings.database.parent
    library = load_library(*settings.case_folders, needed=needed, figures_in=figures_in)
    for problem in library.problems:
        log.warning("%s", problem)
    log.info("%d cases", len(library.cases))
    return library


def _delete_kept_cases(database: Path) -> None:
    """Delete the file in which version 0.1 kept cases: it holds unpublished ones too."""
    kept = database.with_name(f"{database.name}-cases")
    try:
        kept.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s is of no use any more; delete it (%s).", kept, error.strerror)
