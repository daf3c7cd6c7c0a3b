import { isDeepStrictEqual } from 'node:util';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Row } from '../../../../functions/aws/database';
import { tableShape } from '../../../../functions/contract/table';
import type { Command } from '../../../faults/simulation/sdk-command';
import type { InProcess } from '../../../engines/in-process/dynalite';
import { compareTexts } from '../rows/order';

/** What a request led to: its answer, or the name of the error. */
export type Outcome = Readonly<Record<string, any>> | string;

export interface Difference {
  readonly command: string;
  readonly input: unknown;
  readonly ofDynalite: Outcome;
  readonly ofMemory: Outcome;
}

type Perform = (command: Command) => unknown;

/** Sends a request to both tables. @returns how their outcomes differ; undefined if they do not */
export async function compared(
  command: Command,
  dynalite: Perform,
  memory: Perform,
): Promise<{ outcome: Outcome; difference: Difference | undefined }> {
  const ofDynalite = await outcomeOf(command, dynalite);
  const ofMemory = await outcomeOf(command, memory);
  const { constructor, input } = command;
  const isSame = isDeepStrictEqual(ofDynalite, ofMemory);
  return {
    outcome: ofDynalite,
    difference: isSame ? undefined : { command: constructor.name, input, ofDynalite, ofMemory },
  };
}

/** All rows of a table of dynalite, in the order of their keys. */
export async function rowsOf(send: InProcess['send'], TableName: string): Promise<Row[]> {
  const { Items, LastEvaluatedKey } = (await send(new ScanCommand({ TableName }))) as Record<string, any>;
  if (LastEvaluatedKey !== undefined) throw new Error('The compared table has more than one page');
  return Items.toSorted(inOrder);
}

async function outcomeOf(command: Command, perform: Perform): Promise<Outcome> {
  try {
    if (command.input['IndexName'] !== undefined) return await everyPage(command, perform);
    const answer = (await perform(command)) as Record<string, any>;
    if (command.constructor.name === 'ScanCommand') return answer['Items'].toSorted(inOrder);
    return { ...answer, ...(answer['Responses'] && { Responses: inAnyOrder(answer['Responses']) }) };
  } catch (error) {
    if (error instanceof Error && error.name.endsWith('Exception')) return error.name;
    throw error;
  }
}

/** More than there are rows: a table that begins again and again must not be read for ever. */
const mostPages = 30;

/**
 * Reads an index to its end. DynamoDB promises no order among rows with the same keys of an index, and each table has its
 * own, so their pages differ; together they have the same rows.
 */
async function everyPage({ constructor, input }: Command, perform: Perform): Promise<Outcome> {
  const { IndexName, ScanIndexForward: isForward = true } = input;
  const { sortKey } = IndexName === tableShape.openIndex.name ? tableShape.openIndex : tableShape.parentIndex;
  const rows: Row[] = [];
  const pages: unknown[] = [];
  let start: Row | undefined = input['ExclusiveStartKey'];
  do {
    const page = (await perform({
      constructor,
      input: { ...input, ...(start && { ExclusiveStartKey: start }) },
    })) as Record<string, any>;
    const { Items, LastEvaluatedKey, ...counts } = page;
    rows.push(...Items);
    pages.push({ ...counts, keys: LastEvaluatedKey && Object.keys(LastEvaluatedKey).toSorted() });
    start = LastEvaluatedKey;
  } while (start !== undefined && pages.length < mostPages);
  return { pages, order: rows.map((row) => row[sortKey]), isForward, rows: rows.toSorted(inOrder) };
}

function inAnyOrder(responses: Record<string, Row[]>): object {
  return Object.fromEntries(
    Object.entries(responses).map(([table, rows]) => [table, new Set(rows.map((row) => JSON.stringify(sorted(row))))]),
  );
}

function sorted(row: Row): unknown {
  return Object.entries(row)
    .map(([name, value]) => [name, value instanceof Set ? [...value].toSorted() : value])
    .toSorted(([a], [b]) => compareTexts(String(a), String(b)));
}

function inOrder(a: Row, b: Row): number {
  return compareTexts(String(a['pk']), String(b['pk'])) || compareTexts(String(a['sk']), String(b['sk']));
}
