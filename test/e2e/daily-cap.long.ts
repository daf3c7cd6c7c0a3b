import { openStack, operate, type Answer, type Stack } from './stack';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
}, 90_000);
afterAll(() => stack.stop());

// This test is slow on purpose: it proves the daily cap with the whole stack, under real concurrency.
test('of 1,300 parallel triggers on a pro tenant exactly 1,000 are accepted, and every one of them runs', async () => {
  await operate(stack, 'tenants', 'create', 'capped', '--name', 'Capped', '--plan', 'pro', '--authoring');
  const issued = await operate(
    stack,
    'tokens',
    'create',
    'capped',
    '--kind',
    'pat',
    '--name',
    'capped',
    '--scopes',
    'workflows:read,workflows:run,workflows:write',
  );
  const credentials = { token: String(issued.token) };
  const workflow = await stack.call('POST', '/api/v1/workflows', {
    ...credentials,
    body: { name: 'Hello', recipe: { steps: [{ type: 'log', message: 'Hello' }] } },
  });

  const path = `/api/v1/workflows/${workflow.body.id}/runs`;
  const answers = await atOnce(1300, () => stack.call('POST', path, { ...credentials, body: {} }));

  const accepted = answers.filter(({ status }) => status === 202);
  const refused = answers.filter(({ status }) => status !== 202);
  expect(tally(refused)).toEqual({ '429 daily_cap_reached Daily workflow cap reached': 300 });
  expect(accepted).toHaveLength(1000);
  expect(new Set(accepted.map(({ body }) => body.id)).size).toBe(1000);
  const usage = await stack.call('GET', '/api/v1/usage', credentials);
  expect(usage.body).toMatchObject({ used: 1000, cap: 1000, remaining: 0 });
  const runs = await allRunsEnded(credentials.token);
  expect(runs).toHaveLength(1000);
  expect(new Set(runs.map(({ status, steps_succeeded }) => `${status} ${steps_succeeded}`))).toEqual(
    new Set(['succeeded 1']),
  );
  expectDailyCapHeaders(refused[0]!);
}, 150_000);

/**
 * An emulator runs each request that is open in a process of its own, for which a small machine has no room.
 * `REQUESTS_AT_ONCE` limits them.
 */
async function atOnce(count: number, send: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  let left = count;
  const limit = Number(process.env['REQUESTS_AT_ONCE'] ?? count);
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      answers.push(await send());
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return answers;
}

function tally(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const kind = `${status} ${body.code} ${body.title}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function expectDailyCapHeaders({ headers, body }: Answer): void {
  expect(headers.get('ratelimit-policy')).toBe('"daily-runs";q=1000;w=86400');
  expect(headers.get('ratelimit')).toMatch(/^"daily-runs";r=0;t=\d+$/);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(body.detail).toContain('resets at');
}

async function allRunsEnded(token: string): Promise<any[]> {
  for (;;) {
    const runs = await allRuns(token);
    if (runs.every(({ status }) => !['queued', 'running'].includes(status))) return runs;
    await new Promise((resume) => setTimeout(resume, 250));
  }
}

async function allRuns(token: string): Promise<any[]> {
  const runs: any[] = [];
  for (let path: string | undefined = '/api/v1/workflow-runs?limit=100'; path !== undefined;) {
    const page: Answer = await stack.call('GET', path, { token });
    runs.push(...page.body.data);
    path = page.body.has_more ? `/api/v1/workflow-runs?limit=100&cursor=${page.body.next_cursor}` : undefined;
  }
  return runs;
}
