"""What a publication comes to: once its file was written, or not; and once the cases were read."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.drafts.case_draft import CaseDraft
from bot.features.library.take_over import Found
from bot.features.publishing import published_view as views
from bot.features.publishing.rename_publication import by_another_name
from bot.features.shared.visitors import words_of
from bot.services import Services
from content.candidate import Sound
from content.library import Library
from content.model import Case
from content.published_file import ChangedByHandError, digest_of, take_away, write_case_file
from content.retiring import retiring
from content.signing import signing
from content.validation import validate
from content.yaml_tree import read_tree
from storage.draft_facts import DraftWritten
from storage.outcome import Outcome, OwedCall
from storage.publication_facts import PublicationHeldUp, PublicationOver, PublicationWritten
from storage.publications import Publication


class FileDone(Struct, frozen=True):
    """The file is as it was to be; ``digest`` is that of what was written or taken away."""

    digest: str


class FileLeft(Struct, frozen=True):
    """Somebody else's file is there, or one that was changed by hand: it was left alone.

    ``there`` are the names in the folder, as far as they can be read.
    """

    there: frozenset[str] = frozenset()


class FileFailed(Struct, frozen=True):
    """The system would not let it be written."""

    reason: str


FileResult = FileDone | FileLeft | FileFailed


def file_name(publication: Publication) -> str:
    """Of the case's file, in the folder of cases."""
    return f"{publication.case_id}.yaml"


def do_file(
    folder: Path | None, publication: Publication, figures: Mapping[str, bytes]
) -> FileResult:
    """Write the file, or take it away; to be called in a thread. Doing it twice is doing it once.

    ``figures``: the bytes of its pictures, by their paths.
    """
    if folder is None:
        return FileFailed("MORNING_REPORT_CONTENT is not set any more")
    name = file_name(publication)
    try:
        if publication.content is None:
            take_away(folder, name, publication.replaces or "")
            return FileDone(publication.replaces or "")
        data = publication.content.encode()
        write_case_file(folder, name, data, replaces=publication.replaces, figures=figures)
    except ChangedByHandError:
        return FileLeft(_names_in(folder))
    except OSError as error:
        return FileFailed(error.strerror or type(error).__name__)
    return FileDone(digest_of(data))


def _names_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


async def after_writing(
    services: Services, publication: Publication, result: FileResult
) -> Outcome:
    """What is on record of it from now on, and who is told. Raises StorageError.

    Nothing and nobody where its author has had themselves erased meanwhile.
    """
    if await services.store.publications.of_case(publication.case_id) is None:
        return Outcome()
    author, over = publication.person_id, PublicationOver(publication.id)
    words = await words_of(services, author)
    match result:
        case FileDone(digest):
            now, name = services.clock.now(), file_name(publication)
            written = PublicationWritten(publication.id, digest, name, now)
            return Outcome((written, *await _as_change(services, publication)))
        case FileLeft() if publication.content is None:
            return Outcome((over,), (views.left_by_hand(author, words),))
        case FileLeft(there):
            case = case_in(publication.content)
            if case and (renamed := await by_another_name(services, publication, case, there)):
                return renamed
            return Outcome(
                (over,),
                (
                    views.changed_by_hand(author, publication.draft_id, words),
                    *_file(publication, words),
                ),
            )
        case FileFailed(reason):
            call = views.not_done(author, publication.draft_id, words)
            told = [
                views.folder_fails(admin, reason, await words_of(services, admin))
                for admin in sorted(services.settings.admins)
            ]
            return Outcome((over,), (call, *told))


async def _as_change(services: Services, publication: Publication) -> tuple[DraftWritten, ...]:
    """A draft that was changed since it was published is a change of its case from now on."""
    if publication.draft_id is None:
        return ()
    author = publication.person_id
    kept = await services.store.drafts.get(publication.draft_id, author)
    if kept is None or kept.changed_at <= publication.asked_at:
        return ()
    draft = replace(CaseDraft.from_json(kept.document), case_id=publication.case_id)
    return (DraftWritten(kept.id, author, draft.to_json(), kept.changed_at),)


async def after_reading(services: Services, found: Found) -> Outcome:
    """Authors hear that their cases are in use, or withdrawn, or why not yet. Raises StorageError.

    ``found`` is what came of reading the files after theirs were written.
    """
    done = Outcome()
    for one in await services.store.publications.written():
        done += await _told(services, one, found)
    return done


async def _told(services: Services, one: Publication, found: Found) -> Outcome:
    author, words = one.person_id, await words_of(services, one.person_id)
    meant = case_in(one.content)
    title = "" if meant is None else meant.title
    if not isinstance(found, Sound):
        if one.held_up:
            return Outcome()
        withdrawn = one.content is None
        call = (
            views.not_withdrawn_yet(author, words)
            if withdrawn
            else views.not_in_use_yet(author, title, words)
        )
        return Outcome((PublicationHeldUp(one.id),), (call,))
    over = Outcome((PublicationOver(one.id),))
    there = found.library.cases.get(one.case_id)
    if one.content is None:
        call = views.left_by_hand(author, words) if there else views.withdrawn(author, "", words)
        return over + Outcome(owed=(call,))
    if there is not None and there == meant:
        return over + Outcome(owed=(_in_use(services, one, there, found.library, words),))
    # Somebody changed or took away the file between its being written and read.
    return over + Outcome(owed=(views.lost_to_hand(author, words), *_file(one, words)))


def _in_use(
    services: Services, one: Publication, case: Case, read: Library, words: Words
) -> OwedCall:
    """As people decided on the case before: a retired question keeps it, a signature may hold."""
    author, before = one.person_id, services.library
    if case.id in retiring(read, before.retired).withdrawn:
        return views.still_retired(author, case.title, words)
    signed = bool(signing(read, before.signatures).signed.get(case.id))
    return views.in_use(author, case.id, case.title, words, signed=signed)


def case_in(content: str | None) -> Case | None:
    """The case that a file's text holds."""
    if content is None:
        return None
    path = Path("case.yaml")
    root, _ = read_tree(path, content.encode())
    return None if root is None else validate(path, root)[0]


def _file(publication: Publication, words: Words) -> tuple[OwedCall, ...]:
    if publication.content is None:
        return ()
    return (
        views.case_file(publication.person_id, publication.case_id, publication.content, words),
    )
