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

    def is_over(case_id: str) -> bool:
        case = library.cases.get(case_id)
        return case is not None and all((case_id, q.id) in answered for q in case.questions)

    def shown(row: dict[str, Any]) -> dict[str, Any]:
        row = {**row}
        if "questions" in row:
            row["questions"] = [shown(one) for one in json.loads(row["questions"])]
        if "objective" in row:
            # It is named by a case, unless its author named it.
            case_id, of_case, question = row["objective"].partition("/")
            if of_case and not is_over(case_id):
                row["objective"] = f"{case_code(case_id)}/{question}"
        if "case_id" not in row:
            return row
        case_id = row["case_id"]
        rest = {name: value for name, value in row.items() if name != "case_id" or is_over(case_id)}
        return {"case_code": case_code(case_id)} | rest

    return {name: [shown(row) for row in rows] for name, rows in data.items()}


def forget(services: Services, visit: Visit) -> Outcome:
    """Erase the person. Nothing is noted about this visit: it would be the first thing kept."""
    return Outcome(
        (PersonForgotten(visit.person_id),),
        (own_data_view.forgotten(visit.person_id, services.settings.retention, visit.words),),
    )
