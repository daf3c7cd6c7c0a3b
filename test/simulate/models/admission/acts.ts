import { act } from '../act';
import { dayOf, followingDay, type Around, type Claim, type Counter, type NumberRow } from './rows';

const onCounter = act<Counter, Around>;
const onNumber = act<NumberRow, Around>;
const onClaim = act<Claim, Around>;

/** The writes to a tenant's counter. Each is named after the function of the store that sends it. */
const counterActs = {
  count: (day: string) =>
    onCounter('admission.count', [day], {
      allows: (row) =>
        row !== undefined &&
        row.used[followingDay(day)] === undefined &&
        (row.cap === null || (row.used[day] ?? 0) < row.cap),
      writes: (row) =>
        row && {
          ...row,
          last: row.last + 1,
          used: { ...row.used, [day]: (row.used[day] ?? 0) + 1 },
          before: { ...row.before, [day]: row.before[day] ?? row.last },
          due: true,
        },
      demands: (_, row) => {
        if (row === undefined) return 'a run is counted for no tenant';
        if (row.cap !== null && (row.used[day] ?? 0) >= row.cap) return 'a run is counted above the cap';
        return row.used[followingDay(day)] === undefined ? undefined : 'a run is counted on a day that is over';
      },
    }),
  refund: (number: number, day: string) =>
    onCounter('admission.refundCount', [number, day], {
      allows: (row) =>
        row !== undefined && !row.voided.includes(number) && row.settled < number && (row.used[day] ?? 0) > 0,
      writes: (row) =>
        row && {
          ...row,
          used: { ...row.used, [day]: (row.used[day] ?? 0) - 1 },
          voided: [...row.voided, number].sort((a, b) => a - b),
        },
      demands: ({ number: at }, row) => {
        if (at(number)?.kind !== 'void') return `number ${number} is refunded and not void`;
        if (row !== undefined && dayOf(row, number) !== day) return `number ${number} is refunded to another day`;
        return undefined;
      },
    }),
  /** @param moved the days whose counts are in the history now */
  close: (from: number, upto: number, forgets: readonly number[], moved: readonly string[] = []) =>
    onCounter('settlement.closeUpto', [from, upto, ...forgets, ...moved], {
      allows: (row) => row?.settled === from,
      writes: (row) =>
        row && {
          ...row,
          settled: upto,
          voided: row.voided.filter((number) => !forgets.includes(number)),
          used: without(row.used, moved),
          before: without(row.before, moved),
        },
      demands: ({ number, past }, row) => {
        if (row === undefined) return undefined;
        if (upto > row.noted) return `numbers up to ${upto} are settled, and only ${row.noted} was noted`;
        for (let one = row.settled + 1; one <= upto; one += 1) {
          const found = number(one);
          if (found === undefined) return `number ${one} is settled and is neither a run nor void`;
          if (found.kind === 'void' && !row.voided.includes(one))
            return `number ${one} is settled and was not refunded`;
        }
        if (forgets.some((one) => one > upto)) return 'settlement forgets a refund that it has not passed';
        const lost = moved.find((day) => past(day) !== row.used[day]);
        return lost && `the count of ${lost} is removed and is not in the history`;
      },
    }),
  note: () =>
    onCounter('settlement.note', [], {
      allows: (row) => row?.due === true,
      writes: (row) => row && { ...row, noted: row.last },
    }),
  forget: (upto: number) =>
    onCounter('settlement.forget', [upto], {
      allows: (row) => row?.last === upto && row.settled === upto,
      writes: (row) => row && { ...row, noted: 0, due: false },
      demands: (_, row) =>
        row !== undefined && row.settled < row.last ? 'settlement forgets a tenant with open numbers' : undefined,
    }),
  setCap: (cap: number | null) =>
    onCounter('tenants.setCap', [cap ?? 'none'], {
      allows: (row) => row !== undefined,
      writes: (row) => row && { ...row, cap },
    }),
};

/** The writes to the row of a number. */
const numberActs = {
  put: (number: number, uid: string, key: string | null) =>
    onNumber('runs.put', [number, uid, key ?? undefined], {
      allows: (row) => row === undefined,
      writes: () => ({ kind: 'run', uid, key }),
      demands: ({ counter, claim }, row) => {
        if (row?.kind === 'run') return `run ${number} is replaced`;
        if (row?.kind === 'void') return `void number ${number} becomes a run`;
        if (counter === undefined || number > counter.last) return `run ${number} was never counted`;
        if (key !== null && claim(key)?.holder !== uid)
          return `run ${number} is stored under a key that it does not hold`;
        return undefined;
      },
    }),
  putVoid: (number: number) =>
    onNumber('admission.putVoid', [number], {
      allows: (row) => row === undefined || row.kind === 'void',
      writes: () => ({ kind: 'void' }),
      demands: ({ counter }, row) => {
        if (row?.kind === 'run') return `run ${number} becomes void`;
        return counter === undefined || number > counter.last ? `void number ${number} was never counted` : undefined;
      },
    }),
};

/** The writes to an idempotency key. @param seen the lease that was read and judged to have run out */
const claimActs = {
  take: (key: string, holder: string, lease: string, after: number, seen: string | undefined) =>
    onClaim('claims.take', [key, holder, lease, after, seen], {
      allows: (row) =>
        row === undefined ||
        (row.holder === holder && row.result === null) ||
        (seen !== undefined && row.lease === seen),
      writes: () => ({ holder, lease, after, result: null, out: false }),
      demands: (_, row) =>
        row !== undefined && row.holder !== holder && !row.out ? 'a key is taken whose lease still holds' : undefined,
    }),
  complete: (key: string, holder: string, result: number) =>
    onClaim('claims.complete', [key, holder, result], {
      allows: (row) => row?.holder === holder,
      writes: (row) => row && { ...row, result },
      demands: ({ number }) => {
        const run = number(result);
        return run?.kind === 'run' && run.key === key
          ? undefined
          : `a key is completed with ${result}, which is not its run`;
      },
    }),
  drop: (key: string, holder: string) =>
    onClaim('claims.drop', [key, holder], {
      allows: (row) => row?.holder === holder,
      writes: () => undefined,
      demands: ({ runsWith }, row) =>
        runsWith(key).some((number) => number > (row?.after ?? 0))
          ? 'a key is given back although it has a run'
          : undefined,
    }),
};

export const admissionActs = { ...counterActs, ...numberActs, ...claimActs };
export type AdmissionActs = typeof admissionActs;

function without(counts: Readonly<Record<string, number>>, days: readonly string[]): Readonly<Record<string, number>> {
  return days.length === 0 ? counts : Object.fromEntries(Object.entries(counts).filter(([day]) => !days.includes(day)));
}
