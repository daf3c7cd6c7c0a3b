import { startHistory } from './record';

const caller = { tenant: 'load-1', client: 'reader 1' };
const usage = { operation: 'usage' } as const;

const failing = (code: string) => () =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));

test('a request is noted with what it was answered and the times around it', async () => {
  const { operations, record } = startHistory();
  const answer = { status: 200, headers: {}, body: { plan: 'pro', day: '2026-11-30', used: 3 } };

  await record(caller, usage, () => Promise.resolve(answer));

  const [{ call_us: call, return_us: ended, ...noted }] = operations as [(typeof operations)[0]];
  expect(noted).toEqual({ ...caller, asked: usage, answered: { status: 200, day: '2026-11-30', used: 3 } });
  expect(ended).toBeGreaterThan(call);
});

test('a request whose connection broke stays without an answer, because it may have taken effect', async () => {
  const { operations, record } = startHistory();

  await expect(record(caller, usage, failing('ECONNRESET'))).rejects.toThrow('fetch failed');

  expect(operations).toMatchObject([{ ...caller, asked: usage, answered: null }]);
});

test('a request that no process received is no part of the history', async () => {
  const { operations, record } = startHistory();

  await expect(record(caller, usage, failing('ECONNREFUSED'))).rejects.toThrow('fetch failed');

  expect(operations).toEqual([]);
});
