/** One table. Key attributes are strings; both indexes project keys only. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** TTL attribute, epoch seconds. Set on idempotency claims, deliveries and events; never on runs. */
  ttl: 'expires_at_s',
  /** Sparse: whatever is open carries `open_shard` and `due_at` (RFC 3339). */
  openIndex: { name: 'open', partitionKey: 'open_shard', sortKey: 'due_at', shards: 16 },
  /** Runs by workflow, deliveries by endpoint, all tenants. */
  parentIndex: { name: 'by_parent', partitionKey: 'parent', sortKey: 'sk' },
} as const;
