import type { Page } from 'playwright-core';

const startedAt = Date.parse('2026-11-20T08:00:00.000Z');
const at = (ms: number) => new Date(startedAt + ms).toISOString();

interface Attempted {
  readonly at: number;
  readonly status: number | null;
}

interface Delivered {
  readonly status: string;
  readonly attempts: readonly Attempted[];
}

interface Stepped {
  readonly type: string;
  /** Milliseconds since the run began. A step without times was not performed. */
  readonly from?: number;
  readonly to?: number;
  readonly status?: string;
  readonly deliveries?: readonly Delivered[];
  readonly output?: object;
}

/**
 * Lets the page find a run that no test could wait for: one of many steps, or with retries over a day. Its answers have
 * the form of the API's.
 *
 * @returns the queries of the deliveries that the page asks for
 */
export async function showRun(
  page: Page,
  id: number,
  steps: readonly Stepped[],
  changed: object = {},
): Promise<string[]> {
  const run = aRun(id, steps, changed);
  const deliveries = steps.flatMap(({ deliveries: fired = [] }, step) =>
    fired.map((delivery, index) => listed(id, step, index, delivery)),
  );
  const asked: string[] = [];
  await page.route(`**/api/v1/workflow-runs/${id}`, (route) => route.fulfill({ json: run }));
  await page.route(`**/api/v1/webhook-deliveries?run_id=${id}&**`, (route) => {
    const { search, searchParams } = new URL(route.request().url());
    asked.push(search);
    const step = searchParams.get('step_index');
    const data = deliveries.filter(({ step_index: index }) => step === null || index === Number(step)).slice(0, 100);
    return route.fulfill({ json: { data, has_more: false, next_cursor: null } });
  });
  return asked;
}

function aRun(id: number, steps: readonly Stepped[], changed: object) {
  const end = Math.max(0, ...steps.map(({ to = 0 }) => to));
  return {
    id,
    uid: 'run_01KG9V1S3A4B5C6D7E8F9G0H1J',
    workflow_id: 1,
    workflow_name: 'Spring Promo',
    workflow_version: 1,
    status: 'succeeded',
    steps_total: steps.length,
    steps_succeeded: steps.length,
    steps_failed: 0,
    triggered_by: { channel: 'rest_api', name: 'Nightly job' },
    rerun_of: null,
    created_at: at(0),
    started_at: at(0),
    finished_at: at(end),
    deadline_at: at(21_600_000),
    error: null,
    request_id: 'Jf3nXgk5oAMEPjA=',
    input: {},
    steps: steps.map(({ type, from, to, status = 'succeeded', deliveries, output = {} }, index) => ({
      index,
      type,
      status,
      started_at: from === undefined ? null : at(from),
      finished_at: to === undefined ? null : at(to),
      output:
        deliveries === undefined
          ? output
          : {
              event: 'campaign.kickoff',
              matched_endpoints: deliveries.length,
              deliveries: deliveries.map((delivery, place) => ({
                id: deliveryId(index, place),
                endpoint_id: endpointId(place),
                status: delivery.status,
              })),
            },
      error: null,
    })),
    ...changed,
  };
}

function listed(run: number, step: number, place: number, { status, attempts }: Delivered) {
  return {
    id: deliveryId(step, place),
    event: 'campaign.kickoff',
    run_id: run,
    step_index: step,
    endpoint_id: endpointId(place),
    url: `https://hooks.example.com/receivers/${place}`,
    status,
    ended_reason: status === 'failed' ? 'attempts_exhausted' : null,
    attempts_made: attempts.length,
    next_attempt_at: null,
    created_at: at(attempts[0]?.at ?? 0),
    waiting_until: null,
    attempts: attempts.map(({ at: since, status: answer }, index) => ({
      number: index + 1,
      trigger: 'event',
      at: at(since),
      duration_ms: 120,
      response_status: answer,
      error_class: answer === 200 ? null : answer === null ? 'timeout' : 'http_status',
    })),
  };
}

function deliveryId(step: number, place: number): string {
  return `dlv_01KG9V1S3A4B5C6D7E8F9G0H1J${String(step).padStart(2, '0')}${String(place).padStart(10, '0')}`;
}

function endpointId(place: number): string {
  return `ep_${String(place).padStart(10, '0')}`;
}
