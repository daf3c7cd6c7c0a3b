import { limitFairly } from '../../local/limit-concurrency';

/** Work that ends when it is told to, and notes when it begins. */
function aStage(limit: number, limitOfOne: number) {
  const takeTurn = limitFairly(limit, { working: limitOfOne, waiting: limitOfOne });
  const [begun, ends]: [string[], Map<string, () => void>] = [[], new Map()];
  return {
    begun,
    call: (caller: string, name: string, kind: 'working' | 'waiting' = 'working') =>
      takeTurn({ caller, kind }, () => {
        begun.push(name);
        return new Promise<string>((end) => ends.set(name, () => end(name)));
      }),
    async end(name: string) {
      ends.get(name)!();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a caller with one request does not wait for the hundreds of another', async () => {
  const stage = aStage(3, 2);
  for (let index = 1; index <= 300; index += 1) void stage.call('noisy', `noisy ${index}`);

  void stage.call('quiet', 'quiet 1');
  await settled();

  expect(stage.begun).toEqual(['noisy 1', 'noisy 2', 'quiet 1']);
});

test('callers take turns when all places are taken', async () => {
  const stage = aStage(1, 1);
  const calls = ['a 1', 'a 2', 'a 3', 'b 1', 'c 1'].map((name) => stage.call(name.charAt(0), name));
  for (let ended = 0; ended < calls.length; ended += 1) {
    await settled();
    await stage.end(stage.begun.at(-1)!);
  }

  expect(await Promise.all(calls)).toHaveLength(5);
  expect(stage.begun.indexOf('b 1')).toBeLessThan(stage.begun.indexOf('a 3'));
  expect(stage.begun.indexOf('c 1')).toBeLessThan(stage.begun.indexOf('a 3'));
});

test('the waits of a caller do not hold up its other calls', async () => {
  const stage = aStage(4, 2);
  for (let index = 1; index <= 300; index += 1) void stage.call('noisy', `wait ${index}`, 'waiting');

  void stage.call('noisy', 'work 1');
  await settled();

  expect(stage.begun).toEqual(['wait 1', 'wait 2', 'work 1']);
});

test('a place is free again after work that failed', async () => {
  const takeTurn = limitFairly(1, { working: 1, waiting: 1 });
  await expect(takeTurn({ caller: 'a', kind: 'working' }, () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  );

  expect(await takeTurn({ caller: 'a', kind: 'working' }, () => Promise.resolve('done'))).toBe('done');
});
