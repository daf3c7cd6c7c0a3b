import json
import os

from generated import AuthenticatedClient
from generated.api.runs import get_run, list_runs, trigger_run
from generated.api.workflows import list_workflows
from generated.models import TriggerRun

client = AuthenticatedClient(base_url=os.environ["API_URL"], token=os.environ["API_TOKEN"])


def told(response):
    problem = response.parsed
    return [int(response.status_code), problem.code, problem.errors[0].parameter if problem.errors else None]


workflows = list_workflows.sync(client=client).data
workflow = next(one for one in workflows if one.name == "Spring Promo")


def trigger(key):
    body = TriggerRun.from_dict({"input": {"campaign": "Spring Promo"}})
    return trigger_run.sync_detailed(workflow.id, client=client, body=body, idempotency_key=key)


def read(run_id):
    return get_run.sync_detailed(run_id, client=client, wait_seconds=5)


first = trigger("first").parsed.id
repeated = trigger("first").parsed.id
run = read(first).parsed
while run.status.value in ("queued", "running"):
    run = read(first).parsed
trigger("second")
trigger("third")

ids = []
more = {}
while True:
    page = list_runs.sync(client=client, limit=2, **more)
    ids += [one.id for one in page.data]
    if not page.next_cursor:
        break
    more = {"cursor": page.next_cursor}

problems = [read(999_999), list_runs.sync_detailed(client=client, limit=1_000), trigger("fourth")]
print(
    json.dumps(
        {
            "workflows": [one.name for one in workflows],
            "run": [run.status.value, [step.status.value for step in run.steps]],
            "repeated": first == repeated,
            "paged": len(ids),
            "problems": [told(one) for one in problems],
        }
    )
)
