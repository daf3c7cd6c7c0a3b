import type { Row } from '../../../functions/aws/database';
import { tenantIdOf } from '../../../functions/aws/keys';
import { openStatuses } from '../../../functions/domain/run-status';
import type { LogFields } from '../../../functions/edge/log/log';
import { kindOfRow } from '../../faults/simulation/name-of-call';
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

interface Kind {
  readonly tenantId: string;
  readonly kind: string;
}

/** Every promise asks for the kind of every write, so the last key is remembered. */
let lastKey: object | undefined;
let lastKind: Kind = { tenantId: '', kind: '' };

/** The tenant and the kind of a row, by its key: `run`, `delivery`, `event`, `endpoint`, `tenant`, `audit`, … */
export function kindOf(key: { readonly pk: string; readonly sk: string }): Kind {
  if (key !== lastKey) {
    lastKind = kindIn(key);
    lastKey = key;
  }
  return lastKind;
}

function kindIn(key: { readonly pk: string; readonly sk: string }): Kind {
  const { pk } = key;
  if (!pk.startsWith('T#')) return { tenantId: '', kind: (pk.split('#', 1)[0] ?? '').toLowerCase() };
  return { tenantId: tenantIdOf(pk), kind: kindOfRow(key) };
}

/** A run that has not ended. */
export function isOpenRun({ status }: Row): boolean {
  return openStatuses.some((open) => open === status);
}

interface Found {
  readonly tenantId: string;
  readonly row: Row;
}

const rowsAtTheEnd = new WeakMap<Facts, ReadonlyMap<string, readonly Found[]>>();

/** The rows of one kind, with their tenants. Only for the end of a schedule, after which no row changes. */
export function rowsOf(facts: Facts, kind: string): readonly Found[] {
  let byKind = rowsAtTheEnd.get(facts);
  if (byKind === undefined) {
    const all = facts.system.table.rows().map((row) => {
      const found = kindIn({ pk: String(row['pk']), sk: String(row['sk']) });
      return { tenantId: found.tenantId, kind: found.kind, row };
    });
    byKind = grouped(all, (one) => one.kind);
    rowsAtTheEnd.set(facts, byKind);
  }
  return byKind.get(kind) ?? [];
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
