"""A person's data is theirs: language, what is kept, and its end."""

import json
from typing import Any

from bot.features.privacy import own_data_view
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.codes import case_code
from content.library import Library
from storage.facts import PersonForgotten
from storage.outcome import Outcome


async def my_data(services: Services, visit: Visit) -> Outcome:
    """Everything kept about the person, as a JSON document."""
    kept = await services.store.people.everything(visit.person_id)
    data = _with_codes(kept, services.library)
    document = json.dumps(
        {"telegram_id": visit.person_id, "times": "milliseconds since 1970-01-01 UTC", **data},
        ensure_ascii=False,
        indent=2,
    )
    return said(visit, own_data_view.my_data(visit.person_id, data, document, visit.words))


def _with_codes(
    data: dict[str, list[dict[str, Any]]], library: Library
) -> dict[str, list[dict[str, Any]]]:
    """The same with each case's code; its id, which may be a diagnosis, only once it is over."""
    answered = {(row["case_id"], row["question_id"]) for row in data["answers"]}

    def shown(row: dict[str, Any]) -> dict[str, Any]:
        if "case_id" not in row:
            return row
        case_id = row["case_id"]
        case = library.cases.get(case_id)
        over = case is not None and all((case_id, q.id) in answered for q in case.questions)
        rest = {name: value for name, value in row.items() if over or name != "case_id"}
        return {"case_code": case_code(case_id)} | rest

    return {name: [shown(row) for row in rows] for name, rows in data.items()}


def forget(services: Services, visit: Visit) -> Outcome:
    """Erase the person. Nothing is noted about this visit: it would be the first thing kept."""
    return Outcome(
        (PersonForgotten(visit.person_id),),
        (own_data_view.forgotten(visit.person_id, services.settings.retention, visit.words),),
    )
