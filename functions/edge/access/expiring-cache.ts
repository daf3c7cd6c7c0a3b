export interface CacheBounds {
  /** How long a value is kept. */
  readonly maxAgeSeconds: number;
  readonly maxEntries: number;
  /** How long it is remembered that there is no value for a key. Unless given, as long as a value is kept. */
  readonly maxMissingAgeSeconds?: number;
}

/**
 * A small cache. Keys without a value are remembered apart from the values and in the same number, so that a stranger
 * who sends one made-up key after another pushes out only what was made up. When either part is full, its oldest
 * entries are evicted. Calls that need the same key at once share one read. A failed read is not cached.
 */
export function expiringCache<T>(
  { maxAgeSeconds, maxEntries, maxMissingAgeSeconds = maxAgeSeconds }: CacheBounds,
  now: () => Date,
) {
  const values = part<T>(maxAgeSeconds, maxEntries);
  const missing = part<T | undefined>(maxMissingAgeSeconds, maxEntries);
  // As large as the number of requests that this instance answers at once.
  const reading = new Map<string, Promise<T | undefined>>();

  async function readInto(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const nowMs = now().getTime();
    try {
      const value = await read();
      if (value === undefined) missing.put(key, undefined, nowMs);
      else values.put(key, value, nowMs);
      return value;
    } finally {
      reading.delete(key);
    }
  }

  return async (key: string, read: () => Promise<T | undefined>): Promise<T | undefined> => {
    const nowMs = now().getTime();
    const found = values.at(key, nowMs) ?? missing.at(key, nowMs);
    if (found !== undefined) return found.value;
    const begun = reading.get(key) ?? readInto(key, read);
    reading.set(key, begun);
    return begun;
  };
}

interface Entry<T> {
  readonly value: T;
  readonly readAtMs: number;
}

function part<T>(maxAgeSeconds: number, maxEntries: number) {
  const entries = new Map<string, Entry<T>>();
  return {
    at(key: string, nowMs: number): Entry<T> | undefined {
      const entry = entries.get(key);
      // If the clock is set back, an entry must not live for ever.
      return entry !== undefined && Math.abs(nowMs - entry.readAtMs) < maxAgeSeconds * 1000 ? entry : undefined;
    },
    put(key: string, value: T, readAtMs: number): void {
      entries.delete(key);
      entries.set(key, { value, readAtMs });
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break;
        entries.delete(oldest);
      }
    },
  };
}
