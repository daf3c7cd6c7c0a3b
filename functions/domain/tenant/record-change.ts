import type { AuditEvent } from './audit';

export interface RecordChangeDeps {
  readonly audit: {
    /** Appends a row once, however often it is asked to. */
    append(tenantId: string, row: AuditEvent): Promise<void>;
  };
  /** Called when a change was made and its audit row could not be written. Must not throw. */
  readonly onAuditMissing: (tenantId: string, row: AuditEvent, error: unknown) => void;
}

/**
 * Makes a change and leaves its audit row; answers with what the change did.
 *
 * @param change throws when it made nothing; no row is left then
 * @param rowOf the row of what was done, undefined when nothing changed
 */
export type RecordChange = <Done>(
  tenantId: string,
  change: () => Promise<Done>,
  rowOf: (done: Done) => AuditEvent | undefined,
) => Promise<Done>;

/**
 * The one way in which a door makes a change. The change comes first, so that no row tells of what was never made. If the
 * row cannot be written, the caller still learns that the change was made: somebody who is told to try again would make it
 * a second time, or would never see a secret that is shown once.
 *
 * The id of a row is fixed by the change: it is the ULID of what was made, or made from the change's subject and time
 * (`causeUlid`), wherever the changed row says both. By that id reconciling finds a row that is missing, because it could
 * not be written or because the process died in between; see `auditOwedBy`. Other rows have a fresh ULID, and only the
 * report to `onAuditMissing` says that one is missing.
 */
export function changeRecorder({ audit, onAuditMissing }: RecordChangeDeps): RecordChange {
  return async (tenantId, change, rowOf) => {
    const done = await change();
    const row = rowOf(done);
    if (row === undefined) return done;
    try {
      await audit.append(tenantId, row);
    } catch (error) {
      onAuditMissing(tenantId, row, error);
    }
    return done;
  };
}
