import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import type { DisabledReason, Endpoint } from '../../domain/endpoint/endpoint';
import { enabled, healthy, type HealthChange } from '../../domain/endpoint/health';
import { getRow, isConditionFailed, type Database, type Row } from '../database';
import { endpointKey } from '../keys';
import { readEndpoint } from './endpoints';

export type EndpointHealthStore = ReturnType<typeof endpointHealthStore>;

interface Write {
  readonly set: Row;
  /** Attributes that must not have changed since they were read. */
  readonly still: Row;
}

/**
 * The health of endpoints, and whether they are disabled. Each write happens once: its condition is the state that it
 * changes.
 */
export function endpointHealthStore(db: Database) {
  /** The endpoint after the write; undefined if another attempt or a person changed it first. */
  async function write(tenantId: string, endpointId: string, { set, still }: Write): Promise<Endpoint | undefined> {
    const mark = randomUUID();
    const written = { ...set, health_mark: mark };
    const setNames = Object.keys(written);
    const stillNames = Object.keys(still);
    try {
      const { Attributes } = await db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...endpointKey(tenantId, endpointId) },
          UpdateExpression: `SET ${setNames.map((name) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: stillNames.map((name) => `#${name} = :still_${name}`).join(' AND '),
          ExpressionAttributeNames: Object.fromEntries([...setNames, ...stillNames].map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries([
            ...Object.entries(written).map(([name, value]) => [`:${name}`, value] as const),
            ...stillNames.map((name) => [`:still_${name}`, still[name]] as const),
          ]),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return readEndpoint(Attributes);
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      // If the SDK repeats the write, its own first success refuses it; that must not count as a change by somebody
      // else.
      const row = await getRow(db, endpointKey(tenantId, endpointId));
      return row?.['health_mark'] === mark ? readEndpoint(row) : undefined;
    }
  }

  return {
    /** Writes what an attempt changed in the health. */
    note(
      tenantId: string,
      endpoint: Endpoint,
      change: Exclude<HealthChange, { kind: 'disable' }>,
    ): Promise<Endpoint | undefined> {
      const { status, failing_since, warned_percent } = endpoint;
      switch (change.kind) {
        case 'failing':
          return write(tenantId, endpoint.id, {
            set: { failing_since: change.since },
            still: { status, failing_since },
          });
        case 'warn':
          return write(tenantId, endpoint.id, {
            set: { warned_percent: change.percent },
            still: { status, failing_since, warned_percent },
          });
        case 'recovered':
          return write(tenantId, endpoint.id, { set: healthy, still: { failing_since } });
        case 'enable':
          return write(tenantId, endpoint.id, { set: enabled, still: { status: 'disabled' } });
      }
    },

    /** Disables an active endpoint. */
    disable(tenantId: string, endpointId: string, reason: DisabledReason, at: string): Promise<Endpoint | undefined> {
      const set = { status: 'disabled', disabled_reason: reason, disabled_at: at, disabling_announced: false };
      return write(tenantId, endpointId, { set, still: { status: 'active' } });
    },

    async noteDisablingAnnounced(tenantId: string, endpointId: string): Promise<void> {
      await write(tenantId, endpointId, { set: { disabling_announced: true }, still: { disabling_announced: false } });
    },
  };
}
