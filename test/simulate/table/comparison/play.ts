import { isDeepStrictEqual } from 'node:util';
import type { Command } from '../../../faults/simulation/sdk-command';
import { startInProcess } from '../../../engines/in-process/dynalite';
import { kindsOf } from '../../../engines/kinds/kinds-of';
import { memoryTable } from '../memory-table';
import { chooser } from './chooser';
import { compared, rowsOf, type Difference } from './compare';
import { aRequest } from './requests';

export interface Played {
  /** The first requests whose outcomes differ. */
  readonly differences: readonly Difference[];
  /** Whether both tables have the same rows in the end. */
  readonly isSameTable: boolean;
  readonly kinds: ReadonlySet<string>;
  /** How many requests of each operation had which outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Changes what the table in memory is asked or answers, to see that the comparison finds it. */
export type Fault = (handle: (command: Command) => any) => (command: Command) => any;

/** Sends random requests to dynalite and to the table in memory, until they differ in three. */
export async function play(requests: number, seed: number, fault: Fault = (handle) => handle): Promise<Played> {
  const TableName = 'compared';
  const dynalite = startInProcess();
  await dynalite.createTable(TableName);
  const memory = memoryTable();
  const handle = fault(memory.handle);
  const choose = chooser(seed);

  const differences: Difference[] = [];
  const kinds = new Set<string>();
  const outcomes: Record<string, number> = {};
  for (let sent = 0; sent < requests && differences.length < 3; sent += 1) {
    const command = aRequest(choose, TableName);
    const { outcome, difference } = await compared(command, dynalite.send, handle);
    if (difference !== undefined) differences.push(difference);
    for (const kind of kindsOf(command.constructor.name, command.input)) kinds.add(kind);
    const name = `${command.constructor.name.replace('Command', '')} ${typeof outcome === 'string' ? outcome : 'accepted'}`;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  const isSameTable = isDeepStrictEqual(await rowsOf(dynalite.send, TableName), memory.rows());
  return { differences, isSameTable, kinds, outcomes };
}
