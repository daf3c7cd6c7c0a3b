/**
 * Every kind of partition, as a pattern of its key for `dynamodb:LeadingKeys` in policies; `functions/aws/keys.ts` builds
 * the keys. A condition sees partition keys only, so what shares a partition is granted together: whoever may put an
 * audit row may put any row of `T#t`.
 */
export const partitionPatterns = {
  /** `T#t`. All other partitions of a tenant begin with the same text, and have one `#` more. */
  tenant: { like: 'T#*', notLike: 'T#*#*' },
  runs: { like: 'T#*#RUN' },
  inputs: { like: 'T#*#INP' },
  deliveries: { like: 'T#*#DLV' },
  pace: { like: 'T#*#PACE' },
  requests: { like: 'T#*#REQ' },
  /** One item for all tenants: who waits for a run. */
  waiting: { like: 'REQ' },
  claims: { like: 'T#*#KEY#*' },
  tokens: { like: 'TOKEN#*' },
  users: { like: 'USER#*' },
  authorizations: { like: 'OAUTH#*' },
} as const;

export type Partition = keyof typeof partitionPatterns;

export type WriteAction = 'PutItem' | 'UpdateItem' | 'DeleteItem';
