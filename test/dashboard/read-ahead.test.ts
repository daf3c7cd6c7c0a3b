import type { Call } from '../../dashboard/src/api/call';
import { readingAhead } from '../../dashboard/src/api/read-ahead';

/** An API whose answers are numbered, and which says what it was asked. */
function anApi() {
  const asked: string[] = [];
  let tenant: string | undefined = 'acme';
  const answers: (() => Promise<unknown>)[] = [];
  const send = ((route: string) => {
    asked.push(`${tenant ?? 'nobody'} ${route}`);
    return (answers.shift() ?? (() => Promise.resolve(asked.length)))();
  }) as unknown as Call;
  return {
    ...readingAhead(send, () => tenant),
    asked,
    answerNext: (answer: () => Promise<unknown>) => answers.push(answer),
    change: (id: string) => (tenant = id),
  };
}

afterEach(() => jest.useRealTimers());

test('the page gets what was read ahead, also while it is on its way, and then asks anew', async () => {
  const { call, start, asked } = anApi();

  start('GET workflow-runs', { query: { limit: 25, status: 'failed' } });
  const { signal } = new AbortController();
  const first = await call('GET workflow-runs', { query: { status: 'failed', cursor: undefined, limit: 25 }, signal });
  const second = await call('GET workflow-runs', { query: { limit: 25, status: 'failed' } });

  expect([first, second]).toEqual([1, 2]);
  expect(asked).toHaveLength(2);
});

test('what was read for one tenant is never given to another', async () => {
  const { call, start, asked, change } = anApi();

  start('GET usage', {});
  change('beta');
  await call('GET usage', {});

  expect(asked).toEqual(['acme GET usage', 'beta GET usage']);
});

test('another read than the one that was started is sent', async () => {
  const { call, start, asked } = anApi();

  start('GET workflow-runs', { query: { limit: 25 } });
  await call('GET workflow-runs', { query: { limit: 50 } });

  expect(asked).toHaveLength(2);
});

test('a refusal that came before the page is asked again by the page', async () => {
  const { call, start, answerNext } = anApi();

  answerNext(() => Promise.reject(new Error('refused')));
  start('GET usage', {});
  await new Promise(setImmediate);

  expect(await call('GET usage', {})).toBe(2);
});

test('an answer that waited for longer than ten seconds is read again', async () => {
  jest.useFakeTimers();
  const { call, start } = anApi();

  start('GET usage', {});
  await jest.advanceTimersByTimeAsync(10_001);

  expect(await call('GET usage', {})).toBe(2);
});
