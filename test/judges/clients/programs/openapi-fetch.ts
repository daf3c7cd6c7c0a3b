import createClient from 'openapi-fetch';
import type { components, paths } from './generated';

type Problem = components['schemas']['Problem'];

const client = createClient<paths>({
  baseUrl: String(process.env['API_URL']),
  headers: { authorization: `Bearer ${process.env['API_TOKEN']}` },
});

function has<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('No answer');
  return value;
}
const told = (problem: Problem | undefined) => [problem?.status, problem?.code, problem?.errors[0]?.parameter ?? null];

const workflows = has((await client.GET('/api/v1/workflows')).data).data;
const workflow = has(workflows.find(({ name }) => name === 'Spring Promo'));
const trigger = (key: string) =>
  client.POST('/api/v1/workflows/{workflow_id}/runs', {
    params: { path: { workflow_id: workflow.id }, header: { 'Idempotency-Key': key } },
    body: { input: { campaign: 'Spring Promo' } },
  });
const idOf = ({ data }: Awaited<ReturnType<typeof trigger>>) => (data !== undefined && 'id' in data ? data.id : 0);
const read = (run_id: number) =>
  client.GET('/api/v1/workflow-runs/{run_id}', { params: { path: { run_id }, query: { wait_seconds: 5 } } });

const first = idOf(await trigger('first'));
const repeated = idOf(await trigger('first'));
let run = has((await read(first)).data);
while (run.status === 'queued' || run.status === 'running') run = has((await read(first)).data);
await trigger('second');
await trigger('third');

const ids: number[] = [];
let cursor: string | null | undefined;
do {
  const query = { limit: 2, ...(cursor && { cursor }) };
  const page = has((await client.GET('/api/v1/workflow-runs', { params: { query } })).data);
  ids.push(...page.data.map(({ id }) => id));
  cursor = page.next_cursor;
} while (cursor);

const unknown = await read(999_999);
const refused = await client.GET('/api/v1/workflow-runs', { params: { query: { limit: 1_000 } } });
const capped = await trigger('fourth');
console.log(
  JSON.stringify({
    workflows: workflows.map(({ name }) => name),
    run: [run.status, run.steps.map(({ status }) => status)],
    repeated: first === repeated,
    paged: ids.length,
    problems: [unknown, refused, capped].map(({ error }) => told(error)),
  }),
);
