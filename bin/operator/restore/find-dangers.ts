import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../../../functions/aws/database';
import { dangersOfAccess } from './dangers-of-access';
import type { Danger } from './danger';
import { dangersOfWork } from './dangers-of-work';
import type { RowKind } from './row-kind';
import type { RowPair } from './row-pairs';
import { subjectOf } from './subject';

/** Rows that the product never deletes; TTL deletes some of them, but those have expired. */
const permanent: ReadonlySet<RowKind> = new Set([
  'tenant',
  'workflows',
  'versions',
  'audit',
  'runs',
  'inputs',
  'trails',
  'events',
  'deliveries',
  'attempts',
]);

/** Attributes that never change once their row is written. `all` means each of them, but for those of `but`. */
const unchanging: Partial<Record<RowKind, readonly string[] | { readonly allBut: readonly string[] }>> = {
  versions: { allBut: ['candidate'] },
  audit: { allBut: [] },
  inputs: { allBut: [] },
  events: { allBut: [] },
  attempts: { allBut: [] },
  workflows: ['id', 'created_at'],
  runs: ['id', 'uid', 'workflow_id', 'workflow_version', 'day', 'created_at', 'input', 'void'],
};

/** What is dangerous about one row, if the restored one were to count again. */
export function dangersOf(pair: RowPair, differing: readonly string[], now: Date): Danger[] {
  return [...lostOrAltered(pair, differing), ...dangersOfWork(pair), ...dangersOfAccess(pair, now)];
}

function lostOrAltered(pair: RowPair, differing: readonly string[]): Danger[] {
  const { kind, live, restored } = pair;
  const subject = subjectOf(pair);
  if (restored === undefined) return [];
  if (live === undefined)
    return permanent.has(kind) ? [{ kind: 'lost_in_live', subject, live: 'no row', restored: 'a row' }] : [];
  const fixed = unchanging[kind];
  if (fixed === undefined) return [];
  const altered = differing.filter((name) => ('allBut' in fixed ? !fixed.allBut.includes(name) : fixed.includes(name)));
  return altered.length === 0
    ? []
    : [{ kind: 'altered_in_live', subject, live: `other ${altered.join(', ')}`, restored: 'as it was written' }];
}

/** The names of the attributes that are not the same in both rows. */
export function differingAttributes(live: Row, restored: Row): string[] {
  const names = new Set([...Object.keys(live), ...Object.keys(restored)]);
  return [...names].filter((name) => !isDeepStrictEqual(live[name], restored[name])).sort();
}
