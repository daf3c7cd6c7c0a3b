/**
 * A small cache whose entries live for `maxAgeSeconds`. When it is full, the oldest entries are evicted. It stores
 * values, not promises, so a failed read is not cached.
 */
export function expiringCache<T>(maxAgeSeconds: number, maxEntries: number, now: () => Date) {
  const entries = new Map<string, { readonly value: T; readonly readAtMs: number }>();
  return async (key: string, read: () => Promise<T>): Promise<T> => {
    const cached = entries.get(key);
    const nowMs = now().getTime();
    // If the clock is set back, an entry must not live for ever.
    if (cached !== undefined && Math.abs(nowMs - cached.readAtMs) < maxAgeSeconds * 1000) return cached.value;
    const value = await read();
    entries.delete(key);
    entries.set(key, { value, readAtMs: nowMs });
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(oldest);
    }
    return value;
  };
}
