import { expiringCache } from '../../../functions/edge/access/expiring-cache';
import { testClock } from '../../support/start-run';

function aCache(maxEntries = 100) {
  const clock = testClock();
  const read: string[] = [];
  const cached = expiringCache<string>({ maxAgeSeconds: 10, maxEntries, maxMissingAgeSeconds: 60 }, clock.now);
  const get = (key: string) =>
    cached(key, async () => {
      read.push(key);
      return `${key} at ${clock.now().toISOString()}`;
    });
  return { clock, read, get, cached };
}

describe('a cache', () => {
  it('reads once in 10 seconds', async () => {
    const { clock, read, get } = aCache();

    const first = await get('a');
    clock.advance(9.999);
    expect(await get('a')).toBe(first);
    clock.advance(0.001);
    expect(await get('a')).not.toBe(first);

    expect(read).toEqual(['a', 'a']);
  });

  it('does not keep an entry for ever if the clock is set back', async () => {
    const { clock, read, get } = aCache();
    await get('a');

    clock.advance(-3600);
    await get('a');

    expect(read).toEqual(['a', 'a']);
  });

  it('drops the oldest entry when it is full', async () => {
    const { read, get } = aCache(2);
    for (const key of ['a', 'b', 'c', 'b', 'c', 'a']) await get(key);

    expect(read).toEqual(['a', 'b', 'c', 'a']);
  });

  it('does not keep a failure', async () => {
    const { cached } = aCache();

    await expect(cached('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await cached('a', async () => 'up')).toBe('up');
  });

  it('remembers for its own time that a value is missing', async () => {
    const { clock, cached } = aCache();
    let reads = 0;
    const nothing = async () => {
      reads += 1;
      return undefined;
    };

    await cached('a', nothing);
    clock.advance(59.999);
    await cached('a', nothing);
    expect(reads).toBe(1);

    clock.advance(0.001);
    await cached('a', nothing);
    expect(reads).toBe(2);
  });

  it('drops no value for any number of missing ones, and keeps no more of those than of values', async () => {
    const { read, get, cached } = aCache(2);
    let missing = 0;
    const nothing = async () => {
      missing += 1;
      return undefined;
    };
    await get('a');

    for (const key of ['x', 'y', 'z', 'y', 'z', 'x']) await cached(key, nothing);
    await get('a');

    expect([read, missing]).toEqual([['a'], 4]);
  });

  it('reads once for all who need the same value at once, and again after a failure', async () => {
    const { read, get, cached } = aCache();
    const failing = () => Promise.reject(new Error('down'));

    const both = await Promise.allSettled([cached('b', failing), get('b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await Promise.all([get('b'), get('b'), get('b')]);

    expect(read).toEqual(['b']);
  });
});
