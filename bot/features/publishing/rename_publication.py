"""A new case whose file would have the name of somebody else's: it is published by another."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.features.publishing import published_view as views
from bot.features.publishing.publish import taken_ids
from bot.features.shared.visitors import words_of
from bot.services import Services
from content.drafting import from_case, new_id, to_yaml
from content.model import Case
from storage.outcome import Outcome
from storage.publication_facts import PublicationRenamed
from storage.publications import Publication


async def by_another_name(
    services: Services, publication: Publication, case: Case, there: Collection[str]
) -> Outcome | None:
    """Owe it under an id whose file's name is free; ``there`` are all names in the folder.

    None where it has an id that must stay, or where it is not the name that is in the way. Nor
    where a case of this id is in use: the file may be this one, changed since it was written.
    """
    names, before = {name.casefold() for name in there}, publication.case_id
    known = await services.store.publications.case(before)
    if known is not None or before in services.library.every or f"{before}.yaml" not in names:
        return None
    lying = {name.removesuffix(".yaml") for name in names if name.endswith(".yaml")}
    draft = from_case(case)
    case_id = new_id(draft, {*await taken_ids(services), *lying})
    files = {file: _moved(file, before, case_id) for file in publication.figures}
    renamed = PublicationRenamed(
        publication.id,
        case_id,
        to_yaml({**_with_files(draft, files), "id": case_id}),
        tuple(sorted((files[file], sha256) for file, sha256 in publication.figures.items())),
    )
    words = await words_of(services, publication.person_id)
    call = views.another_name(publication.person_id, f"{case_id}.yaml", words)
    return Outcome((renamed,), (call,))


def _moved(file: str, before: str, case_id: str) -> str:
    """A picture's file, which is named as its case is."""
    folder, _, name = file.rpartition("/")
    return f"{folder}/{case_id}{name.removeprefix(before)}"


def _with_files(part: Any, files: Mapping[str, str]) -> Any:
    if isinstance(part, Mapping):
        return {
            key: files.get(value, value) if key == "file" else _with_files(value, files)
            for key, value in part.items()
        }
    return [_with_files(one, files) for one in part] if isinstance(part, list) else part
