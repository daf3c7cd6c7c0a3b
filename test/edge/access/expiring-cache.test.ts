import { expiringCache } from '../../../functions/edge/access/expiring-cache';
import { testClock } from '../../support/start-run';

function aCache(maxEntries = 100) {
  const clock = testClock();
  const read: string[] = [];
  const cached = expiringCache<string>(10, maxEntries, clock.now);
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

  it('caches a missing value too', async () => {
    const clock = testClock();
    const cached = expiringCache<string | undefined>(10, 10, clock.now);
    let reads = 0;
    const nothing = async () => {
      reads += 1;
      return undefined;
    };

    await cached('a', nothing);
    await cached('a', nothing);

    expect(reads).toBe(1);
  });
});
