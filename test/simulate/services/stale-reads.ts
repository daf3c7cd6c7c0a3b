import type { Row } from '../../../functions/aws/database';
import type { Command } from '../../faults/simulation/sdk-command';
import type { World } from '../schedule/world';
import { memoryTable, type MemoryTable } from '../table/memory-table';

/** An item before a write, and when that was made. */
interface Undo {
  readonly pk: string;
  readonly sk: string;
  readonly before: Row | undefined;
  readonly atMs: number;
}

/** How much older than the table an eventually consistent read may be. DynamoDB says "within one second or less". */
const mostStaleMs = 1_000;
const mostWrites = 5;
const reads = new Set(['GetCommand', 'BatchGetCommand', 'QueryCommand']);

/** What reads see that do not ask for consistency: the table, or how it was a few writes before. */
export function staleReads(world: World, table: MemoryTable) {
  const undone: Undo[] = [];
  return {
    note(key: { readonly pk: string; readonly sk: string }, before: Row | undefined): void {
      undone.push({ ...key, before, atMs: world.nowMs() });
      if (undone.length > mostWrites) undone.shift();
    },
    /** The table as a read sees it. @param share of such reads that see an earlier one */
    tableFor(command: Command, share: number): MemoryTable {
      if (isConsistent(command)) return table;
      const recent = undone.filter(({ atMs }) => world.nowMs() - atMs <= mostStaleMs);
      const back = recent.length === 0 ? 0 : world.choices.rarely(share, recent.length);
      if (back === 0) return table;
      world.note('fault', 'the table', `shows an eventually consistent read how it was ${back} writes before`);
      return without(table, recent.slice(-back));
    },
  };
}

function isConsistent({ constructor: { name }, input }: Command): boolean {
  if (!reads.has(name)) return true;
  const request: any = name === 'BatchGetCommand' ? Object.values(input['RequestItems'])[0] : input;
  return request.ConsistentRead === true;
}

function without(table: MemoryTable, writes: readonly Undo[]): MemoryTable {
  const rows = new Map(table.rows().map((row) => [`${String(row['pk'])}\n${String(row['sk'])}`, row]));
  for (const { pk, sk, before } of writes.toReversed()) {
    if (before === undefined) rows.delete(`${pk}\n${sk}`);
    else rows.set(`${pk}\n${sk}`, before);
  }
  return memoryTable([...rows.values()]);
}
