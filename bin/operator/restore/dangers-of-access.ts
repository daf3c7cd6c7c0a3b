import * as z from 'zod/mini';
import type { Row } from '../../../functions/aws/database';
import { permissionSchema } from '../../../functions/domain/tenant/member';
import type { Danger } from './danger';
import type { RowPair } from './row-pairs';
import { subjectOf } from './subject';

const credentialSchema = z.object({ revoked_at: z.nullable(z.string()), expires_at: z.nullable(z.string()) });
const memberSchema = z.object({ permissions: z.array(permissionSchema) });
const endpointSchema = z.object({
  status: z.string(),
  secret: z.string(),
  previous_secret: z.optional(z.string()),
});

/** Access and secrets that somebody ended in live and that the restored table still has. */
export function dangersOfAccess(pair: RowPair, now: Date): Danger[] {
  switch (pair.kind) {
    case 'tokens':
      return revivedCredential(pair, 'token_revived', now);
    case 'apps':
      return revivedCredential(pair, 'app_revived', now);
    case 'members':
      return revivedMember(pair);
    case 'endpoints':
      return changedEndpoint(pair);
    default:
      return [];
  }
}

function revivedCredential(pair: RowPair, kind: 'token_revived' | 'app_revived', now: Date): Danger[] {
  const [live, restored] = [credentialSchema.safeParse(pair.live).data, credentialSchema.safeParse(pair.restored).data];
  if (!isUsable(restored, now) || isUsable(live, now)) return [];
  const found = live === undefined ? 'no row' : live.revoked_at === null ? 'expired' : `revoked ${live.revoked_at}`;
  return [{ kind, subject: subjectOf(pair), live: found, restored: 'usable' }];
}

function isUsable(credential: z.infer<typeof credentialSchema> | undefined, now: Date): boolean {
  if (credential === undefined || credential.revoked_at !== null) return false;
  return credential.expires_at === null || Date.parse(credential.expires_at) > now.getTime();
}

function revivedMember(pair: RowPair): Danger[] {
  const restored = memberSchema.safeParse(pair.restored).data?.permissions ?? [];
  const live = memberSchema.safeParse(pair.live).data?.permissions;
  const regained = restored.filter((permission) => live?.includes(permission) !== true);
  if (regained.length === 0) return [];
  const subject = subjectOf(pair);
  return [{ kind: 'member_revived', subject, live: live?.join(', ') ?? 'no member', restored: restored.join(', ') }];
}

function changedEndpoint(pair: RowPair): Danger[] {
  const [live, restored] = [readEndpoint(pair.live), readEndpoint(pair.restored)];
  if (restored === undefined) return [];
  const subject = subjectOf(pair);
  const isRevived = restored.status === 'active' && live?.status !== 'active';
  const isOutdated =
    live !== undefined &&
    (live.secret !== restored.secret ||
      (restored.previous_secret !== undefined && live.previous_secret !== restored.previous_secret));
  return [
    ...(isRevived
      ? [{ kind: 'endpoint_revived', subject, live: live?.status ?? 'deleted', restored: 'active' } as const]
      : []),
    ...(isOutdated
      ? [{ kind: 'secret_outdated', subject, live: 'a newer secret', restored: 'an older secret' } as const]
      : []),
  ];
}

/** A void row only keeps the id of a deleted endpoint. */
function readEndpoint(row: Row | undefined) {
  return row?.['void'] === true ? undefined : endpointSchema.safeParse(row).data;
}
