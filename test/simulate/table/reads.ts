import type { Row } from '../../../functions/aws/database';
import type { Key } from '../../../functions/aws/keys';
import { checkUse } from './expression/expression';
import { projecting, projection } from './expression/projection';
import { invalid, unknown } from './refusals';
import { checkOptions, keyOf, placeholdersOf, type Input } from './request';
import type { TableRows } from './rows/table-rows';

const getOptions = new Set(['TableName', 'Key', 'ConsistentRead']);
const scanOptions = new Set(['TableName', 'ConsistentRead']);
const batchOptions = new Set(['RequestItems']);
const batchPartOptions = new Set(['Keys', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames']);

export function get(rows: TableRows, input: Input): object {
  checkOptions('Get', input, getOptions);
  const { pk, sk } = keyOf(input['Key']);
  const Item = rows.get(pk, sk);
  return Item === undefined ? {} : { Item };
}

/** All rows, in one page. */
export function scan(rows: TableRows, input: Input): object {
  checkOptions('Scan', input, scanOptions);
  const Items = rows.all();
  return { Items, Count: Items.length, ScannedCount: Items.length };
}

/** Reads up to 100 rows by their keys, and leaves none of them for another request. */
export function batchGet(rows: TableRows, input: Input): object {
  checkOptions('BatchGet', input, batchOptions);
  const tables = Object.entries<Input>(input['RequestItems']);
  if (tables.length !== 1) throw unknown('reads of several tables');
  const [table, part] = tables[0]!;
  checkOptions('BatchGet', part, batchPartOptions);
  const keys: readonly Key[] = part['Keys'].map(keyOf);
  const isEachOnce = new Set(keys.map(({ pk, sk }) => `${pk}\n${sk}`)).size === keys.length;
  if (keys.length === 0 || keys.length > 100 || !isEachOnce) throw invalid('Provided list of item keys is invalid');

  const found = keys.map(({ pk, sk }) => rows.get(pk, sk)).filter((row) => row !== undefined);
  return { Responses: { [table]: projectedIn(part, found) }, UnprocessedKeys: {} };
}

function projectedIn(part: Input, rows: readonly Row[]): readonly Row[] {
  const { ProjectionExpression: text } = part;
  const wanted = text === undefined ? undefined : projection(text);
  const placeholders = placeholdersOf(part);
  checkUse([wanted], placeholders);
  return wanted === undefined ? rows : rows.map(projecting(wanted.run, placeholders.names));
}
