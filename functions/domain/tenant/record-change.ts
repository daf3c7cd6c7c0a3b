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
 * Makes a change, writes its audit row, and returns the result of the change.
 *
 * @param change throws if nothing was changed; no row is written then
 * @param rowOf the audit row of the change; undefined if nothing was changed
 */
export type RecordChange = <Done>(
  tenantId: string,
  change: () => Promise<Done>,
  rowOf: (done: Done) => AuditEvent | undefined,
) => Promise<Done>;

/**
 * Every door makes its changes through this function. The change comes first, so that no audit row describes a change that
 * was never made. If the row cannot be written, the caller still gets the result: somebody who is told to try again would
 * make the change a second time, or would never see a secret that is shown only once.
 *
 * The id of a row is fixed by the change: it is the ULID of the created thing, or derived from the subject and time of the
 * change (`causeUlid`), wherever the changed row contains both. A retry with that id is stored once. The nightly comparison
 * finds missing rows of the changes in `provableActions`, and `operator reconcile --fix` appends them. For all other
 * changes, `onAuditMissing` is the only report of a missing row.
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
