/** A small cache whose entries live `maxAgeSeconds`; the oldest go first when it is full. Holds no promise, so a failed read is not kept. */
export function expiringCache<T>(maxAgeSeconds: number, maxEntries: number, now: () => Date) {
  const entries = new Map<string, { readonly value: T; readonly readAtMs: number }>();
  return async (key: string, read: () => Promise<T>): Promise<T> => {
    const cached = entries.get(key);
    const nowMs = now().getTime();
    // A clock set back must not make an entry live for ever.
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
