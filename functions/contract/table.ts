/** The single table that holds everything. All key attributes are strings, and both indexes project only the keys. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /**
   * TTL attribute in epoch seconds. It is set on idempotency claims, deliveries, events, paces, counts of an hour, connected
   * apps and their tokens, but never on runs.
   */
  ttl: 'expires_at_s',
  /** Sparse index of open work: only items with work left have the attributes `open_shard` and `due_at` (RFC 3339). */
  openIndex: { name: 'open', partitionKey: 'open_shard', sortKey: 'due_at', shards: 16 },
  /** Lists the runs of a workflow, the deliveries of an endpoint, and all tenants. */
  parentIndex: { name: 'by_parent', partitionKey: 'parent', sortKey: 'sk' },
} as const;

/**
 * What whoever uses the table must be allowed on the customer's key that encrypts it, for reads and writes alike:
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const tableKeyActions = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const;
