import { usedByDay } from '../../../functions/aws/day-attributes';
import type { Row } from '../../../functions/aws/database';
import { retrySchedule } from '../../../functions/domain/delivery/schedule';
import { readClaim, readCounter, readNumber } from './admission/read-rows';
import type { Around as AroundAdmission, Counter, NumberRow } from './admission/rows';
import { readAttempt, readDelivery } from './delivery/read-rows';
import type { Around as AroundDelivery, AttemptRow, DeliveryRow } from './delivery/rows';
import type { Kind } from './kind-of';

interface Tenant {
  counter: Counter | undefined;
  past: Readonly<Record<string, number>>;
  readonly numbers: Map<number, NumberRow>;
  readonly numbersOfKey: Map<string, number[]>;
  readonly claims: Map<string, Row>;
  readonly deliveries: Map<string, DeliveryRow>;
  readonly attempts: Map<string, AttemptRow>;
}

/** The rows that a trace has shown so far, as the models see them. */
export function seenRows() {
  const tenants = new Map<string, Tenant>();

  function tenantOf(tenantId: string): Tenant {
    const known = tenants.get(tenantId);
    if (known !== undefined) return known;
    const fresh: Tenant = {
      counter: undefined,
      past: {},
      numbers: new Map(),
      numbersOfKey: new Map(),
      claims: new Map(),
      deliveries: new Map(),
      attempts: new Map(),
    };
    tenants.set(tenantId, fresh);
    return fresh;
  }

  return {
    /** What the acts on a row may look at. */
    around(tenantId: string, kind: Kind, now: Date): { admission: AroundAdmission; delivery: AroundDelivery } {
      const { counter, past, numbers, numbersOfKey, claims, deliveries, attempts } = tenantOf(tenantId);
      const id = 'id' in kind ? kind.id : '';
      return {
        admission: {
          counter,
          number: (number) => numbers.get(number),
          claim: (key) => readClaim(claims.get(key), now),
          runsWith: (key) => numbersOfKey.get(key) ?? [],
          past: (day) => past[day],
        },
        delivery: {
          delivery: deliveries.get(id),
          attempt: (number) => attempts.get(`${id} ${number}`),
          scheduled: retrySchedule.length + 1,
        },
      };
    },

    remember(tenantId: string, kind: Kind, after: Row | undefined, now: Date): void {
      const tenant = tenantOf(tenantId);
      switch (kind.kind) {
        case 'counter':
          tenant.counter = readCounter(after);
          return;
        case 'history':
          tenant.past = usedByDay(after ?? {});
          return;
        case 'number':
          rememberNumber(tenant, kind.number, readNumber(after));
          return;
        case 'claim':
          set(tenant.claims, kind.hash, after);
          return;
        case 'delivery':
          set(tenant.deliveries, kind.id, readDelivery(after, now));
          return;
        case 'attempt': {
          const name = `${kind.id} ${kind.number}`;
          // Two rows have one number if the result of the first was never recorded.
          if (tenant.attempts.get(name) !== 'logged') set(tenant.attempts, name, readAttempt(after));
        }
      }
    },
  };
}

function rememberNumber({ numbers, numbersOfKey }: Tenant, number: number, row: NumberRow | undefined): void {
  const isNew = !numbers.has(number);
  set(numbers, number, row);
  if (isNew && row?.kind === 'run' && row.key !== null)
    numbersOfKey.set(row.key, [...(numbersOfKey.get(row.key) ?? []), number]);
}

function set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
