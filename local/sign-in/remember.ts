import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

/** Above this number of entries, the oldest are dropped. */
const maxEntries = 2_000;

/**
 * Stores the issuer's sessions, codes and refresh tokens in memory, so they are lost when the local run stops. Users
 * then sign in again with one click. ID tokens stay valid, because the signing key is stored on disk.
 */
export function memoryAdapter(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();

  function find(key: string): AdapterPayload | undefined {
    const entry = entries.get(key);
    return entry !== undefined && entry.expiresAtMs > Date.now() ? entry.payload : undefined;
  }

  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      upsert(id, payload, expiresIn) {
        entries.delete(keyOf(id));
        entries.set(keyOf(id), { payload, expiresAtMs: Date.now() + (expiresIn || Infinity) * 1000 });
        for (const oldest of entries.keys()) {
          if (entries.size <= maxEntries) break;
          entries.delete(oldest);
        }
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(find(keyOf(id))),
      findByUid(uid) {
        for (const [key, { payload }] of entries) if (payload.uid === uid) return Promise.resolve(find(key));
        return Promise.resolve(undefined);
      },
      // User codes are for devices without a keyboard, for which the dashboard is not made.
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
