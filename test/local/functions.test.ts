import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionResource } from '../../local/lambda/function-resource';
import type { Handler } from '../../local/lambda/load-handler';
import { startFunction } from '../../local/lambda/start-function';

function aFunction(handler: Handler, overrides: Partial<FunctionResource> = {}) {
  return startFunction(
    {
      name: 'subject',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:subject',
      entry: 'unused',
      exportName: 'handler',
      timeoutSeconds: 5,
      memoryMb: 512,
      reservedConcurrency: undefined,
      environment: {},
      ...overrides,
    },
    handler,
  );
}

describe('a function', () => {
  it('receives and returns JSON, so it shares no objects with its caller', async () => {
    const event = { when: new Date(0), nothing: undefined, inner: { count: 1 } };

    const invoke = aFunction(async (received) => {
      (received as { inner: { count: number } }).inner.count = 2;
      return { received, at: new Date(0) };
    });

    expect(await invoke(event)).toEqual({
      ok: true,
      payload: { received: { when: '1970-01-01T00:00:00.000Z', inner: { count: 2 } }, at: '1970-01-01T00:00:00.000Z' },
    });
    expect(event.inner.count).toBe(1);
  });

  it('returns null if its handler returns nothing', async () => {
    expect(await aFunction(async () => undefined)({})).toEqual({ ok: true, payload: null });
  });

  it('fails with the name of the error it throws', async () => {
    const invoke = aFunction(async () => {
      throw Object.assign(new Error('no luck'), { name: 'UnluckyError' });
    });

    expect(await invoke({})).toMatchObject({
      ok: false,
      error: { errorType: 'UnluckyError', errorMessage: 'no luck' },
    });
  });

  it('is stopped at its timeout, and can read the remaining time', async () => {
    let remainingMs = 0;
    const invoke = aFunction(
      async (_event, context) => {
        remainingMs = (context as { getRemainingTimeInMillis: () => number }).getRemainingTimeInMillis();
        await sleep(1_000, undefined, { ref: false });
      },
      { timeoutSeconds: 0.1 },
    );

    expect(await invoke({})).toMatchObject({
      ok: false,
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 0.10 seconds'),
      },
    });
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(100);
  });

  it('cannot return more than 6 MB', async () => {
    const invoke = aFunction(async () => 'x'.repeat(6 * 1024 * 1024));

    expect(await invoke({})).toMatchObject({ ok: false, error: { errorType: 'Function.ResponseSizeTooLarge' } });
  });

  it('runs with no more concurrency than is reserved for it', async () => {
    let running = 0;
    let most = 0;
    const invoke = aFunction(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(10);
        running -= 1;
      },
      { reservedConcurrency: 1 },
    );

    await Promise.all([invoke({}), invoke({}), invoke({})]);

    expect(most).toBe(1);
  });
});
