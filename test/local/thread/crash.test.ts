import { join } from 'node:path';
import { startThread } from '../../../local/thread/start-thread';

const crashing = join(__dirname, '..', 'fixtures', 'crashing-thread.cjs');

test('a part that crashes in its thread is reported by name, and nobody waits for its answer', async () => {
  const crashes: string[] = [];
  const thread = startThread(crashing, 'table', (problem) => crashes.push(problem));
  expect(await thread.ask('first')).toBe('first');

  const waiting = thread.ask('second');

  await expect(waiting).rejects.toThrow('The table stopped: Error: out of luck');
  await expect(thread.ask('third')).rejects.toThrow('The table stopped: Error: out of luck');
  expect(crashes).toEqual([expect.stringContaining('The table stopped: Error: out of luck')]);
});

test('a thread that is stopped is not a crash', async () => {
  const crashes: string[] = [];
  const thread = startThread(crashing, 'table', (problem) => crashes.push(problem));
  await thread.ask('first');

  await thread.stop();

  expect(crashes).toEqual([]);
});
