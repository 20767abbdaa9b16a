"""Signatures on the cases in use: kept true as they are given, taken back and erased."""

from collections.abc import Iterable

from bot.services import Services
from content.signed_digest import Signature
from content.signing import signing
from storage.facts import Fact, PersonForgotten
from storage.signature_facts import CaseSigned, SignatureTakenBack
from storage.signatures import signed_on


async def load_signatures(services: Services) -> None:
    """At a start: by what is on record. Raises StorageError."""
    signatures = await services.store.signatures.all()
    services.library = signing(services.library, signatures)


def note(services: Services, facts: Iterable[Fact]) -> None:
    """These were recorded; nothing is worked on meanwhile."""
    before = after = services.library.signatures
    for fact in facts:
        after = _after(after, fact)
    if after != before:
        services.library = signing(services.library, after)


def _after(known: tuple[Signature, ...], fact: Fact) -> tuple[Signature, ...]:
    match fact:
        case CaseSigned():
            place = (fact.case_id, fact.digest, fact.person_id)
            if any((one.case_id, one.digest, one.person_id) == place for one in known):
                return known
            return (*known, Signature(*place, fact.name, signed_on(fact.signed_at)))
        case SignatureTakenBack(case_id, person_id):
            return tuple(
                one for one in known if (one.case_id, one.person_id) != (case_id, person_id)
            )
        case PersonForgotten(person_id):
            return tuple(one for one in known if one.person_id != person_id)
    return known
