import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

/** Above this, the oldest sign-ins are forgotten. */
const keptEntries = 2_000;

/**
 * What the issuer remembers: sessions, codes, refresh tokens. Only while it runs; afterwards a click signs in again, and
 * ID tokens stay good, since the signing key is kept on disk.
 */
export function memoryAdapter(): (model: string) => Adapter {
  const entries = new Map<string, Kept>();

  function find(key: string): AdapterPayload | undefined {
    const kept = entries.get(key);
    return kept !== undefined && kept.expiresAtMs > Date.now() ? kept.payload : undefined;
  }

  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      upsert(id, payload, expiresIn) {
        entries.delete(keyOf(id));
        entries.set(keyOf(id), { payload, expiresAtMs: Date.now() + (expiresIn || Infinity) * 1000 });
        for (const oldest of entries.keys()) {
          if (entries.size <= keptEntries) break;
          entries.delete(oldest);
        }
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(find(keyOf(id))),
      findByUid(uid) {
        for (const [key, { payload }] of entries) if (payload.uid === uid) return Promise.resolve(find(key));
        return Promise.resolve(undefined);
      },
      // Only for devices without a keyboard, which the dashboard is not.
      findByUserCode: () => Promise.resolve(undefined),
      consume(id) {
        const payload = find(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
        return Promise.resolve();
      },
      destroy(id) {
        entries.delete(keyOf(id));
        return Promise.resolve();
      },
      revokeByGrantId(grantId) {
        for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
        return Promise.resolve();
      },
    };
  };
}
