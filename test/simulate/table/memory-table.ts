import type { Row } from '../../../functions/aws/database';
import { unknown } from './refusals';
import { batchGet, get, scan } from './reads';
import { query } from './query';
import type { Command } from '../../faults/simulation/sdk-command';
import type { Input } from './request';
import { tableRows, type TableRows } from './rows/table-rows';
import { batchWrite, change, put, remove } from './writes';

/**
 * The product's table in memory, for simulations that ask it a hundred thousand times a second. It knows the requests of
 * the product and nothing else: any other command, option or expression throws an error that is not DynamoDB's, so that
 * the product cannot handle it. Reads see every write at once, in the indexes too. Sizes and reserved
 * words are not checked, because the tests on dynalite do that.
 *
 * Rows are frozen, and shared by tables and readers.
 */
export interface MemoryTable {
  /**
   * Performs a command at once. It throws what the SDK would throw: errors named `ConditionalCheckFailedException` and
   * `ValidationException`.
   */
  readonly handle: (command: Command) => any;
  /** All rows, ordered by `pk` and then `sk`. */
  readonly rows: () => readonly Row[];
  readonly get: (pk: string, sk: string) => Row | undefined;
}

const acts: Readonly<Record<string, (rows: TableRows, input: Input) => object>> = {
  GetCommand: get,
  BatchGetCommand: batchGet,
  QueryCommand: query,
  ScanCommand: scan,
  PutCommand: put,
  UpdateCommand: change,
  DeleteCommand: remove,
  BatchWriteCommand: batchWrite,
};

const noRows: readonly Row[] = [];

/** @param first its first rows. What is made of a list is kept, so the list must not change, and may be used often. */
export function memoryTable(first: readonly Row[] = noRows): MemoryTable {
  const rows = tableRows(first);
  return {
    handle: ({ constructor, input }) => {
      const act = acts[constructor.name];
      if (act === undefined) throw unknown(constructor.name);
      return act(rows, input);
    },
    rows: rows.all,
    get: rows.get,
  };
}
