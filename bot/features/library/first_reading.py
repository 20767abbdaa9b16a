"""Reading the cases at the start."""

import logging
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings
from content.figure_bytes import FigureBytes
from content.library import Library, load_library

log = logging.getLogger(__name__)


def read_library(
    settings: Settings,
    needed: Callable[[], bool] = lambda: True,
    figures: FigureBytes | None = None,
) -> Library:
    """The shipped cases and the residency's own; broken files are named, and left out.

    ``figures`` and errors as ``content.library.read_folders``.
    """
    _delete_kept_cases(settings.database)
    library = load_library(*settings.case_folders, needed=needed, figures=figures)
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
