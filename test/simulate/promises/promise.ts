import type { Row } from '../../../functions/aws/database';
import type { LogFields } from '../../../functions/edge/log/log';
import type { Ground } from '../deployment/ground';
import type { System } from '../deployment/system';
import type { Arrival } from '../services/receiver';
import type { TableWrite } from '../services/table-calls';

/** What a promise is judged by. */
export interface Facts {
  readonly system: System;
  readonly ground: Ground;
  /** Webhooks as they arrived. */
  readonly arrivals: readonly Arrival[];
  readonly logged: readonly LogFields[];
}

/** How a promise is watched. Each function returns a sentence for everything that breaks it. */
export interface Watched {
  readonly onWrite?: (write: TableWrite) => readonly string[];
  /** Called when nothing is open and nothing is planned any more. */
  readonly atTheEnd?: () => readonly string[];
}

export type Promised = (facts: Facts) => Watched;

export const none: readonly string[] = [];

export function unless(holds: boolean, sentence: () => string): readonly string[] {
  return holds ? none : [sentence()];
}

/** The tenant and the kind of a row, by its key: `run`, `delivery`, `event`, `endpoint`, `tenant`, `audit`, … */
export function kindOf({ pk, sk }: { readonly pk: string; readonly sk: string }): {
  readonly tenantId: string;
  readonly kind: string;
} {
  const [first = '', tenantId = '', partition] = pk.split('#');
  if (first !== 'T') return { tenantId: '', kind: first.toLowerCase() };
  if (partition === 'RUN') return { tenantId, kind: 'run' };
  if (partition === 'KEY') return { tenantId, kind: 'claim' };
  return { tenantId, kind: (sk.split('#', 1)[0] ?? '').toLowerCase() };
}

/** The rows of one kind at the end, with their tenants. */
export function rowsOf({ system }: Facts, kind: string): { readonly tenantId: string; readonly row: Row }[] {
  return system.table.rows().flatMap((row) => {
    const found = kindOf({ pk: String(row['pk']), sk: String(row['sk']) });
    return found.kind === kind ? [{ tenantId: found.tenantId, row }] : [];
  });
}

export function sameJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** `Map.groupBy`, which Node 20 lacks. */
export function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
