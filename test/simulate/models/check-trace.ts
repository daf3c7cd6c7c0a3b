import type { Row } from '../../../functions/aws/database';
import { tenantIdOf } from '../../../functions/aws/keys';
import { judgeClaim, judgeCounter, judgeNumber } from './admission/judge-writes';
import { readClaim, readCounter, readNumber } from './admission/read-rows';
import { judgeAttempt, judgeDelivery } from './delivery/judge-writes';
import { readAttempt, readDelivery } from './delivery/read-rows';
import { kindOf } from './kind-of';
import { seenRows } from './seen-rows';

/** A write that took effect. Every write of the product is to a single item. */
export interface TableWrite {
  readonly functionName: string;
  readonly call: string;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly before: Row | undefined;
  readonly after: Row | undefined;
  readonly now: Date;
  /** Whether a person at the operator's command line made it. */
  readonly operator: boolean;
}

/**
 * Checks a trace of the real code against the models, write by write. It remembers every row that it has seen, so it must
 * be given all writes in the order in which they took effect.
 *
 * @returns a function that says of a write how no model explains it; undefined if one does, or if the row is in none
 */
export function traceChecker(initialRows: readonly Row[]): (write: TableWrite) => string | undefined {
  const seen = seenRows();
  for (const row of initialRows) {
    const key = { pk: String(row['pk']), sk: String(row['sk']) };
    const kind = kindOf(key);
    if (kind !== undefined) seen.remember(tenantIdOf(key.pk), kind, row, new Date(0));
  }

  return (write) => {
    const kind = kindOf(write.key);
    if (kind === undefined) return undefined;
    const { before, after, now } = write;
    const tenantId = tenantIdOf(write.key.pk);
    // DynamoDB deletes what has expired, at some time.
    const isDeletedByTime = after === undefined && isExpired(before, now);
    const wrong = isDeletedByTime ? undefined : judge(write, kind, seen.around(tenantId, kind, now));
    seen.remember(tenantId, kind, after, now);
    return wrong === undefined
      ? undefined
      : `${write.functionName}, ${write.call} on ${write.key.pk} ${write.key.sk}: ${wrong}`;
  };
}

function judge(
  { before, after, now, operator }: TableWrite,
  kind: NonNullable<ReturnType<typeof kindOf>>,
  around: ReturnType<ReturnType<typeof seenRows>['around']>,
): string | undefined {
  switch (kind.kind) {
    case 'counter':
      return judgeCounter({ before: readCounter(before), after: readCounter(after) }, around.admission, operator);
    case 'number':
      return judgeNumber(kind.number, { before: readNumber(before), after: readNumber(after) }, around.admission);
    case 'claim':
      // Other operations than starts have claims of another kind, and may use a key anew that has expired.
      if (after !== undefined && readClaim(after, now) === undefined) return undefined;
      return judgeClaim(kind.hash, { before: readClaim(before, now), after: readClaim(after, now) }, around.admission);
    case 'delivery':
      return judgeDelivery(
        { before: readDelivery(before, now), after: readDelivery(after, now) },
        around.delivery,
        operator,
      );
    case 'attempt':
      return judgeAttempt(kind.number, { before: readAttempt(before), after: readAttempt(after) }, around.delivery);
    case 'history':
      return undefined;
  }
}

function isExpired(row: Row | undefined, now: Date): boolean {
  return typeof row?.['expires_at'] === 'string' && Date.parse(row['expires_at']) <= now.getTime();
}
