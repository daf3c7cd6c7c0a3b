import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../../../functions/aws/database';
import { tenantIdOf } from '../../../functions/aws/keys';
import { tableShape } from '../../../functions/contract/table';
import { nameOfCall } from '../../faults/simulation/name-of-call';
import type { Command } from '../../faults/simulation/sdk-command';
import { requirePermitted } from '../../support/permitted-writes';
import type { Invocation } from '../schedule/invocation';
import type { World } from '../schedule/world';
import type { MemoryTable } from '../table/memory-table';
import type { staleReads } from './stale-reads';

type StaleReads = ReturnType<typeof staleReads>;

/** A write that changed the table. The product writes one item at a time. */
export interface TableWrite {
  readonly by: Invocation;
  readonly call: string;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

export interface TableCallsDeps {
  readonly world: World;
  readonly table: MemoryTable;
  readonly stale: StaleReads;
  /** How often an eventually consistent read is stale. */
  readonly mischief: () => number;
  readonly onWrite: (write: TableWrite) => void;
  /** Is called when a function touches a row of a tenant that it does not act for. */
  readonly onTrespass: (by: Invocation, call: string, pk: string) => void;
}

/** The table as the product sees it: each request is a step of the schedule. @param current of the schedule under way */
export function simulatedDatabase(current: () => TableCallsDeps): Database {
  const client = (attempts: number) =>
    ({ send: (command: Command) => send(current(), command, attempts) }) as unknown as DynamoDBDocumentClient;
  return { client: client(3), once: client(1), tableName: 'workflows' };
}

function send(deps: TableCallsDeps, command: Command, attempts: number): Promise<unknown> {
  // Fifteen of sixteen shards are mostly empty, and a read that finds nothing is the same at any time.
  if (isOpenIndex(command)) {
    const found: any = deps.table.handle(command);
    if (found.Count === 0) return Promise.resolve(found);
  }
  const call = nameOfCall(command);
  return deps.world.call(call, (by) => perform(deps, command, call, by), attempts);
}

function isOpenIndex({ input }: Command): boolean {
  return input['IndexName'] === tableShape.openIndex.name;
}

function perform(deps: TableCallsDeps, command: Command, call: string, by: Invocation): unknown {
  if (by.functionName === 'state machine') throw new Error('A state machine does not use the table');
  if (by.functionName !== 'operator') requirePermitted(by.functionName, command);
  requireOwn(deps, command, call, by);
  const key = keyOf(command);
  const before = key && deps.table.get(key.pk, key.sk);
  const output = deps.stale.tableFor(command, deps.mischief()).handle(command);
  const after = key && deps.table.get(key.pk, key.sk);
  if (key === undefined || before === after) return output;
  deps.stale.note(key, before);
  deps.onWrite({ by, call, key, before, after });
  return output;
}

/** The item that a command writes; undefined for reads. */
function keyOf({ constructor: { name }, input }: Command): { pk: string; sk: string } | undefined {
  if (name === 'PutCommand') return { pk: input['Item'].pk, sk: input['Item'].sk };
  if (name === 'UpdateCommand' || name === 'DeleteCommand') return { pk: input['Key'].pk, sk: input['Key'].sk };
  return undefined;
}

function requireOwn({ onTrespass }: TableCallsDeps, { input }: Command, call: string, by: Invocation): void {
  if (by.tenantIds === undefined) return;
  for (const pk of partitionsOf(input)) {
    if (pk.startsWith('T#') && !by.tenantIds.includes(tenantIdOf(pk))) onTrespass(by, call, pk);
  }
}

function partitionsOf({ Key, Item, RequestItems, ExpressionAttributeValues: values }: Command['input']): string[] {
  const key = Key ?? Item;
  if (key !== undefined) return [key.pk];
  if (RequestItems !== undefined)
    return Object.values<any>(RequestItems).flatMap(({ Keys }) => Keys.map(({ pk }: Row) => pk));
  return [values?.[':pk'] ?? values?.[':in'] ?? ''];
}
