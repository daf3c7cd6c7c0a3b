import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import { endpointSchema, rotationHours } from '../../domain/endpoint/endpoint';
import type { Changed } from '../../domain/reconcile/audit';
import type { ReconcileReads } from '../../domain/reconcile/tenant';
import { auditEventSchema, type AuditEvent } from '../../domain/tenant/audit';
import { connectedAppSchema } from '../../domain/tenant/connected-app';
import { memberSchema } from '../../domain/tenant/member';
import { tokenSchema } from '../../domain/tenant/token';
import { ulidTime } from '../../domain/ulid';
import { workflowSchema } from '../../domain/workflow/workflow';
import { getRows, projectionOf, queryAll, type Database, type Projection, type Row } from '../database';
import {
  appPrefix,
  auditKey,
  auditPrefix,
  endpointPrefix,
  memberPrefix,
  tenantKey,
  tokenIdPrefix,
  tokenKey,
  versionKey,
  workflowPrefix,
} from '../keys';

type Pages = (partition: string, from: string, to: string, attributes: Projection) => AsyncIterable<Row[]>;

/** Endpoints, members and token ids are adjacent, so one query reads them. Secrets are not read. */
const endpointNames = ['id', 'disabled_at', 'disabled_reason', 'created_at', 'previous_until', 'rotated_at'];
const thingAttributes = projectionOf([...endpointNames, 'email', 'hash']);
const appAttributes = projectionOf(Object.keys(connectedAppSchema.shape));
const workflowAttributes = projectionOf(['id', 'version', 'created_at', 'updated_at']);

const endpointPartSchema = z.extend(
  z.pick(endpointSchema, { id: true, disabled_at: true, disabled_reason: true, created_at: true }),
  { previous_until: z.optional(z.string()), rotated_at: z.optional(z.string()) },
);
const memberPartSchema = z.pick(memberSchema, { email: true, created_at: true });
const workflowPartSchema = z.pick(workflowSchema, { id: true, version: true, created_at: true, updated_at: true });

/** Longer than any call takes from the recorded time of a change to its audit row, because its function times out earlier. */
const longestCallSeconds = 60;

/** Reads what was created and changed, and which of it has no audit row. */
export function reconcileChanges(db: Database, pages: Pages): Pick<ReconcileReads, 'changed' | 'missingAudit'> {
  async function tokensOf(rows: readonly Row[]): Promise<Changed[]> {
    const ids = rows.filter(({ sk }) => String(sk).startsWith(tokenIdPrefix));
    const found = await getRows(
      db,
      ids.map(({ hash }) => tokenKey(String(hash))),
    );
    return found.flatMap((row) => {
      const { success, data } = tokenSchema.safeParse(row);
      return success ? [{ kind: 'token', token: data } as const] : [];
    });
  }

  async function workflowsOf(tenantId: string, rows: readonly Row[], since: Date): Promise<Changed[]> {
    const recent = rows
      .flatMap((row) => workflowPartSchema.safeParse(row).data ?? [])
      .filter(({ updated_at }) => new Date(updated_at) >= since);
    const keys = recent.map(({ id, version }) => versionKey(tenantId, id, version));
    const versions = await getRows(db, keys, projectionOf(['created_at']));
    return recent.map(({ id, version, created_at: createdAt }, index) => {
      const at = versions[index]?.['created_at'];
      return { kind: 'workflow', id, version, createdAt, versionCreatedAt: typeof at === 'string' ? at : undefined };
    });
  }

  /**
   * Whether an earlier release wrote the audit row. Its id was not derived from the change, so the row is recognised by
   * what it says.
   */
  async function wasWrittenUnderAnotherId(
    tenantId: string,
    { at, action, target, detail }: AuditEvent,
  ): Promise<boolean> {
    const [from, to] = [new Date(at), addSeconds(new Date(at), longestCallSeconds)];
    const rows = await queryAll(db, {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      FilterExpression: '#action = :action AND #target = :target',
      ExpressionAttributeNames: { '#action': 'action', '#target': 'target' },
      ExpressionAttributeValues: {
        ':pk': tenantKey(tenantId).pk,
        ':from': auditPrefix + ulidTime(from.getTime()),
        ':to': auditPrefix + ulidTime(to.getTime()),
        ':action': action,
        ':target': target,
      },
    });
    return rows.some((row) => agrees(auditEventSchema.parse(row).detail, detail));
  }

  return {
    async *changed(tenantId, since) {
      const { pk } = tenantKey(tenantId);
      for await (const rows of pages(pk, endpointPrefix, `${tokenIdPrefix}~`, thingAttributes)) {
        yield [...rows.flatMap((row) => changedThing(row) ?? []), ...(await tokensOf(rows))];
      }
      for await (const rows of pages(pk, appPrefix, `${appPrefix}~`, appAttributes)) {
        yield rows
          .flatMap((row) => connectedAppSchema.safeParse(row).data ?? [])
          .map((app) => ({ kind: 'app', app }) as const);
      }
      for await (const rows of pages(pk, workflowPrefix, `${workflowPrefix}~`, workflowAttributes)) {
        yield await workflowsOf(tenantId, rows, since);
      }
    },

    async missingAudit(tenantId, rows) {
      const found = await getRows(
        db,
        rows.map(({ id }) => auditKey(tenantId, id)),
        projectionOf([]),
      );
      const unknown = rows.filter((_, index) => found[index] === undefined);
      const missing: AuditEvent[] = [];
      for (const row of unknown) if (!(await wasWrittenUnderAnotherId(tenantId, row))) missing.push(row);
      return missing;
    },
  };
}

/** Whether no fact that both rows name differs. One names who made the change, and the other may name more facts. */
function agrees(found: AuditEvent['detail'] = {}, owed: AuditEvent['detail'] = {}): boolean {
  return Object.entries(owed).every(([name, fact]) => found[name] === undefined || found[name] === fact);
}

function changedThing(row: Row): Changed | undefined {
  if (String(row['sk']).startsWith(memberPrefix)) {
    const { data: member } = memberPartSchema.safeParse(row);
    return member && { kind: 'member', member };
  }
  if (!String(row['sk']).startsWith(endpointPrefix)) return undefined;
  const { data: endpoint } = endpointPartSchema.safeParse(row);
  return endpoint && { kind: 'endpoint', endpoint, rotatedAt: rotatedAtOf(endpoint) };
}

/** Endpoints that were last rotated by an earlier release say only until when the secret before signs. */
function rotatedAtOf({
  rotated_at: at,
  previous_until: until,
}: {
  readonly rotated_at?: string | undefined;
  readonly previous_until?: string | undefined;
}): string | undefined {
  return at ?? (until && addSeconds(new Date(until), -rotationHours * 3600).toISOString());
}
