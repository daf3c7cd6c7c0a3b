/**
 * Every key of the table is built here. All begin with the tenant, so the id of another tenant is simply not found. Three
 * kinds do not: `TOKEN#` and `USER#`, because they serve to find the tenant, and `OAUTH#`, because an authorization has no
 * tenant until a person has chosen one.
 *
 * | partition        | rows                                                                        |
 * |------------------|-----------------------------------------------------------------------------|
 * | `T#t`            | tenant, workflows and versions, tool names, endpoints, token ids, connected apps, |
 * |                  | members, audit, limits, hosts that get an endpoint, counts of an hour         |
 * | `T#t#RUN`        | runs by zero-padded number; a partition of their own, 1,000 writes/s a tenant |
 * | `T#t#INP`        | inputs and trails too large for the run's row                                |
 * | `T#t#DLV`        | events, deliveries and their attempts, by run                                 |
 * | `T#t#PACE`       | whose turn it is to be sent to a host, by host                                |
 * | `T#t#KEY#hash`   | idempotency claims                                                           |
 * | `TOKEN#hash`     | a token; its tenant knows the hash by the token's id                         |
 * | `USER#e-mail`    | the tenants to look for this member in                                       |
 * | `OAUTH#hash`     | an authorization under way, a code, a refresh token, or the client key        |
 */
import { crc32 } from 'node:zlib';
import { tableShape } from '../contract/table';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const tenantKey = (tenantId: string): Key => ({ pk: `T#${tenantId}`, sk: 'TENANT' });
export const tenantsParent = 'TENANTS';
/** The tenant that a partition belongs to. */
export const tenantIdOf = (pk: string): string => pk.split('#')[1] ?? '';

export const workflowKey = (tenantId: string, workflowId: number): Key => ({
  pk: `T#${tenantId}`,
  sk: workflowPrefix + padded(workflowId),
});
export const workflowPrefix = 'WORKFLOW#';
export const versionPrefix = (workflowId: number): string => `VERSION#${padded(workflowId)}#`;
export const versionKey = (tenantId: string, workflowId: number, version: number): Key => ({
  pk: `T#${tenantId}`,
  sk: versionPrefix(workflowId) + padded(version),
});

export const runPartition = (tenantId: string): string => `T#${tenantId}#RUN`;
export const runKey = (tenantId: string, runId: number): Key => ({ pk: runPartition(tenantId), sk: padded(runId) });
export const inputKey = (tenantId: string, runId: number): Key => ({ pk: `T#${tenantId}#INP`, sk: padded(runId) });
/** Trails share the partition of inputs: both are parts of runs that their rows have no room for. */
export const trailPartition = (tenantId: string): string => `T#${tenantId}#INP`;
export const trailKey = (tenantId: string, runId: number, cursor: number, name: string): Key => ({
  pk: trailPartition(tenantId),
  sk: `${padded(runId)}#TRAIL#${padded(cursor)}#${name}`,
});
/** Parent of a workflow's runs in `by_parent`. */
export const runsParent = (tenantId: string, workflowId: number): string =>
  `T#${tenantId}#WORKFLOW#${padded(workflowId)}`;

export const claimKey = (tenantId: string, keyHash: string): Key => ({
  pk: `T#${tenantId}#KEY#${keyHash}`,
  sk: 'CLAIM',
});

export const endpointPrefix = 'ENDPOINT#';
export const endpointKey = (tenantId: string, endpointId: string): Key => ({
  pk: `T#${tenantId}`,
  sk: endpointPrefix + endpointId,
});

/** The names of the tools that workflows are offered as. */
export const toolNamesKey = (tenantId: string): Key => ({ pk: `T#${tenantId}`, sk: 'TOOLS' });

/** The endpoints with one host that are just being written. @param host in lower case */
export const hostPlacesKey = (tenantId: string, host: string): Key => ({ pk: `T#${tenantId}`, sk: `HOST#${host}` });

/** What a tenant did in one hour. @param hour such as `2026-11-29T12` */
export const hourKey = (tenantId: string, hour: string): Key => ({ pk: `T#${tenantId}`, sk: `HOUR#${hour}` });

export const deliveryPartition = (tenantId: string): string => `T#${tenantId}#DLV`;
export const eventPrefix = 'EVENT#';
/** An event id starts with the run's ULID, see `domain/delivery/ids.ts`. */
export const eventKey = (tenantId: string, eventId: string): Key => ({
  pk: deliveryPartition(tenantId),
  sk: eventPrefix + eventId,
});
export const deliveryPrefix = 'DELIVERY#';
/**
 * The sort key ends with the delivery id without `dlv_`. It begins with the ULID of the run, so deliveries sort by time
 * and can be listed by run.
 */
export const deliveryKey = (tenantId: string, deliveryId: string): Key => ({
  pk: deliveryPartition(tenantId),
  sk: deliveryPrefix + deliveryId.replace(/^dlv_/, ''),
});
export const attemptPrefix = (deliveryId: string): string => `ATTEMPT#${deliveryId.replace(/^dlv_/, '')}#`;
/** Attempts sort by number. Two have one number if the result of the first was never recorded with the delivery. */
export const attemptKey = (
  tenantId: string,
  deliveryId: string,
  { number, at }: { number: number; at: string },
): Key => ({
  pk: deliveryPartition(tenantId),
  sk: `${attemptPrefix(deliveryId)}${padded(number, 6)}#${at}`,
});
/** @param host in lower case */
export const paceKey = (tenantId: string, host: string): Key => ({ pk: `T#${tenantId}#PACE`, sk: host });
/** Parent of an endpoint's deliveries in `by_parent`. */
export const deliveriesParent = (tenantId: string, endpointId: string): string =>
  `T#${tenantId}#ENDPOINT#${endpointId}`;

export const tokenKey = (hash: string): Key => ({ pk: `TOKEN#${hash}`, sk: 'TOKEN' });
export const tokenIdPrefix = 'TOKEN#';
/** `tokenId` is `tok_` and a ULID, so the tokens of a tenant sort by time. */
export const tokenIdKey = (tenantId: string, tokenId: string): Key => ({
  pk: `T#${tenantId}`,
  sk: tokenIdPrefix + tokenId,
});

export const appPrefix = 'APP#';
/** `appId` is `app_` and a ULID, so the connected apps of a tenant sort by time. */
export const appKey = (tenantId: string, appId: string): Key => ({ pk: `T#${tenantId}`, sk: appPrefix + appId });

/** What the authorization server remembers. @param hash of the kind and the secret id of it */
export const authorizationKey = (hash: string): Key => ({ pk: `OAUTH#${hash}`, sk: 'STATE' });

export const memberPrefix = 'MEMBER#';
export const memberKey = (tenantId: string, email: string): Key => ({ pk: `T#${tenantId}`, sk: memberPrefix + email });
export const userPartition = (email: string): string => `USER#${email}`;
export const userKey = (email: string, tenantId: string): Key => ({ pk: userPartition(email), sk: `T#${tenantId}` });

/** The count of a minute's requests; `scope` is `tenant` or the id of a credential. In a partition of its own, because it is written often. */
export const requestCountKey = (tenantId: string, window: string, scope: string): Key => ({
  pk: `T#${tenantId}#REQ`,
  sk: `${window}#${scope}`,
});

/** Who waits for a run: the requests of a tenant, and those of all tenants together. */
export const waitingKey = (tenantId: string): Key => ({ pk: `T#${tenantId}#REQ`, sk: 'WAITING' });
export const allWaitingKey: Key = { pk: 'REQ', sk: 'WAITING' };
/** The ids that hold the places of a limit. */
export const placesKey = (tenantId: string, kind: string): Key => ({ pk: `T#${tenantId}`, sk: `PLACES#${kind}` });
/** What the tenant did on a UTC day besides starting runs. */
export const dailyCountsKey = (tenantId: string, day: string): Key => ({ pk: `T#${tenantId}`, sk: `COUNTS#${day}` });

/** The runs of earlier days. */
export const usageKey = (tenantId: string): Key => ({ pk: `T#${tenantId}`, sk: 'USAGE' });

export const auditPrefix = 'AUDIT#';
/** `ulid` sorts by time. */
export const auditKey = (tenantId: string, ulid: string): Key => ({ pk: `T#${tenantId}`, sk: auditPrefix + ulid });

/** Distributes open items over the partitions of the index. The result is always the same for one item. */
export function openShard(name: string): string {
  return String(crc32(name) % tableShape.openIndex.shards);
}

/** Ten digits sort as numbers, enough for 9,999,999,999 runs of one tenant. */
function padded(number: number, digits = 10): string {
  return String(number).padStart(digits, '0');
}

/** The kind of an open item, derived from its key. */
export type OpenItemKind =
  | { readonly kind: 'run'; readonly tenantId: string; readonly runId: number }
  | { readonly kind: 'delivery'; readonly tenantId: string; readonly deliveryId: string }
  | { readonly kind: 'tenant'; readonly tenantId: string };

export function openItemKind({ pk, sk }: Key): OpenItemKind {
  const [, , partition] = pk.split('#');
  const tenantId = tenantIdOf(pk);
  if (partition === 'RUN') return { kind: 'run', tenantId, runId: Number(sk) };
  if (partition === 'DLV') return { kind: 'delivery', tenantId, deliveryId: `dlv_${sk.slice(deliveryPrefix.length)}` };
  return { kind: 'tenant', tenantId };
}
