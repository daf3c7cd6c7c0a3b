import { ulid } from 'ulid';
import { auditStore } from '../../../functions/aws/tenant/audit';
import type { AuditEvent } from '../../../functions/domain/tenant/audit';
import { noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { interceptDatabase } from '../../support/requests';

let table: Table;

beforeAll(async () => {
  table = await startTable();
});

afterAll(() => table.stop());

const aRow = (overrides: Partial<AuditEvent> = {}): AuditEvent => ({
  id: ulid(Date.parse(overrides.at ?? noon.toISOString())),
  at: noon.toISOString(),
  actor: { channel: 'rest_api', name: 'CI token' },
  action: 'run.cancelled',
  target: 'run 1',
  request_id: 'request-1',
  ...overrides,
});

describe('an audit row', () => {
  it('is written once, even if the SDK retried a request whose response was lost', async () => {
    const twice = interceptDatabase(table, async (_command, send) => {
      await send();
      return send();
    });

    const row = aRow();
    await auditStore(twice).append('acme', row);

    expect((await auditStore(table).list('acme', 10)).events).toEqual([row]);
  });

  it('is listed with those of its tenant only, newest first, page by page', async () => {
    const times = ['2026-11-22T12:00:01.000Z', '2026-11-22T12:00:02.000Z', '2026-11-22T12:00:03.000Z'];
    for (const at of times) await auditStore(table).append('globex', aRow({ at }));

    const first = await auditStore(table).list('globex', 2);
    const rest = await auditStore(table).list('globex', 2, first.next);

    expect(first.events.map(({ at }) => at)).toEqual([times[2], times[1]]);
    expect(rest).toEqual({ events: [expect.objectContaining({ at: times[0] })], next: undefined });
  });
});
