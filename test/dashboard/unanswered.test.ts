import { ApiError, problemWithoutAnswer } from '../../dashboard/src/api/api-error';
import { withBound } from '../../dashboard/src/api/bound';
import type { Call } from '../../dashboard/src/api/call';
import { actCall, type Flight } from '../../dashboard/src/api/send-act';

const connection = { onLine: true };
const hangs = () => new Promise<never>(() => {});
const unreachable = (status = 0) =>
  new ApiError({ ...problemWithoutAnswer('unreachable', 'Service not reached', 'It cannot be reached.'), status });

beforeAll(() => {
  Object.defineProperty(globalThis, 'navigator', { value: connection, configurable: true });
  jest.useFakeTimers();
});
afterAll(() => jest.useRealTimers());
beforeEach(() => {
  connection.onLine = true;
});

/** Stands in for the API: hands the request to the browser, then answers as told. */
function anApi(answer: () => Promise<never>, { sends = true } = {}): Call {
  return (_route, options) => {
    if (sends) options.onSend?.();
    return answer();
  };
}

const aFlight = (): Flight => ({ controller: new AbortController(), isOut: false });
const thrownBy = (promise: Promise<unknown>) => promise.then(fail, (error: unknown) => error);
const fail = () => {
  throw new Error('It was answered');
};

test('a call without an answer is ended after 35 seconds, and not before', async () => {
  const ended = jest.fn();
  const call = withBound(anApi(hangs))('GET me', {}).catch(ended);
  await jest.advanceTimersByTimeAsync(34_999);
  expect(ended).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  await call;

  expect(ended.mock.calls).toMatchObject([[{ code: 'no_answer', isTransient: true }]]);
});

test('a call whose page was left is ended at once, with the reason of the page', async () => {
  const left = new AbortController();
  const call = withBound(anApi(hangs))('GET me', { signal: left.signal });
  left.abort();

  expect(await thrownBy(call)).toMatchObject({ name: 'AbortError' });
});

test('what fails without a connection is offline, and what the API refuses stays refused', async () => {
  connection.onLine = false;
  const refused = new ApiError({ ...unreachable().problem, code: 'not_found', status: 404 });

  const failed = await thrownBy(withBound(anApi(() => Promise.reject(unreachable())))('GET me', {}));
  const broken = await thrownBy(withBound(anApi(() => Promise.reject(new TypeError('network error'))))('GET me', {}));
  const answered = await thrownBy(withBound(anApi(() => Promise.reject(refused)))('GET me', {}));

  expect([failed, broken, answered]).toMatchObject([{ code: 'offline' }, { code: 'offline' }, { code: 'not_found' }]);
});

test.each([
  ['never comes', unreachable()],
  ['is that of a gateway', unreachable(504)],
])('an act whose answer %s may have been done', async (_what, error) => {
  const flight = aFlight();
  const call = actCall(
    anApi(() => Promise.reject(error)),
    flight,
  );

  expect(await thrownBy(call('DELETE tokens/{id}', { id: 't' }))).toMatchObject({
    code: 'no_answer',
    message: expect.stringContaining('may have been done'),
  });
  expect(flight.isOut).toBe(false);
});

test('an act that was not handed to the browser, or without a connection, was not done', async () => {
  const unsent = actCall(
    anApi(() => Promise.reject(unreachable()), { sends: false }),
    aFlight(),
  );
  expect(await thrownBy(unsent('DELETE tokens/{id}', { id: 't' }))).toMatchObject({
    code: 'unreachable',
    problem: { title: 'Nothing was sent' },
  });

  connection.onLine = false;
  const offline = actCall(withBound(anApi(() => Promise.reject(unreachable()))), aFlight());
  expect(await thrownBy(offline('DELETE tokens/{id}', { id: 't' }))).toMatchObject({
    code: 'offline',
    message: expect.stringContaining('Nothing was sent.'),
  });
});

test('an act that was throttled before it reached the API was not done', async () => {
  const call = actCall(
    anApi(() => Promise.reject(unreachable(429))),
    aFlight(),
  );

  expect(await thrownBy(call('DELETE tokens/{id}', { id: 't' }))).toMatchObject({ problem: { status: 429 } });
});

test('an act is out only while a request that changes something has no answer', async () => {
  const flight = aFlight();
  void actCall(anApi(hangs), flight)('GET me', {});
  expect(flight.isOut).toBe(false);
  void actCall(anApi(hangs), flight)('DELETE tokens/{id}', { id: 't' });
  expect(flight.isOut).toBe(true);
});
