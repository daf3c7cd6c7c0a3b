import {
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { Level } from 'level';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableClient } from '../../../local/aws-clients';
import { createTables } from '../../../local/table/create-tables';
import { dropOpenIndex, fillOpenIndex } from '../../../local/table/rebuild-open-index';
import { startTableEngine } from '../../../local/table/start-table-engine';
import { resolveStack } from '../../../local/template/stack';
import { aTemplate } from '../fixtures/stack';

const place = {
  region: 'us-east-1',
  accountId: '000000000000',
  stackName: 'Test',
  apiOrigin: '',
  issuerOrigin: '',
  queueOrigin: '',
};
const stack = () => resolveStack(aTemplate(''), place);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-table-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function withTable(
  work: (database: DynamoDBClient) => Promise<void>,
  prepare?: (files: Level) => Promise<void>,
): Promise<void> {
  const engine = await startTableEngine(folder, (files) => prepare?.(files));
  const database = tableClient(engine.endpoint);
  try {
    await createTables(stack(), database);
    await work(database);
  } finally {
    database.destroy();
    await engine.stop();
  }
}

const anOpenItem = (sk: string, due_at: string) =>
  new PutItemCommand({
    TableName: 'Table',
    Item: { pk: { S: 'T#t' }, sk: { S: sk }, open_shard: { S: '1' }, due_at: { S: due_at } },
  });

async function openItems(database: DynamoDBClient): Promise<string[]> {
  const { Items = [] } = await database.send(
    new QueryCommand({
      TableName: 'Table',
      IndexName: 'open',
      KeyConditionExpression: 'open_shard = :shard',
      ExpressionAttributeValues: { ':shard': { S: '1' } },
    }),
  );
  return Items.map(({ sk, due_at }) => `${sk?.S} ${due_at?.S}`);
}

describe('the table', () => {
  it('keeps its data after a restart', async () => {
    await withTable(async (database) => {
      await database.send(anOpenItem('a', '2026-01-01'));
    });

    await withTable(async (database) => expect(await openItems(database)).toEqual(['a 2026-01-01']));
  });

  it('is not used if its shape differs from that of the stack', async () => {
    await withTable(async () => undefined);
    const template = aTemplate('');
    template.Resources['Table']!.Properties['GlobalSecondaryIndexes'] = [];

    await withTable(async (database) => {
      await expect(createTables(resolveStack(template, place), database)).rejects.toThrow(
        /other keys or indexes[^]*Delete the folder for local data/,
      );
    });
  });

  it('returns exactly the open items, even after a kill between the writes of item and index', async () => {
    await withTable(async (database) => {
      for (const sk of ['a', 'b', 'c']) await database.send(anOpenItem(sk, '2026-01-01'));
    });
    // The state that a kill of the engine can leave: `b` has no index entry, and `c` has one with a wrong time.
    const files = new Level(folder);
    const entries = await files.keys({ gte: 'index-global~Table~open~', lt: 'index-global~Table~open\x7f' }).all();
    expect(entries).toHaveLength(3);
    await files.del(entries[1]!);
    await files.put(`${entries[2]!}~ghost`, (await files.get(entries[2]!)).replace('2026-01-01', '2027-01-01'));
    await files.close();
    await withTable(async (database) => expect(await openItems(database)).toHaveLength(3));

    await withTable(async (database) => {
      await fillOpenIndex(database, 'Table');

      expect((await openItems(database)).sort()).toEqual(['a 2026-01-01', 'b 2026-01-01', 'c 2026-01-01']);
      // Repaired entries can be removed from the index like any other.
      await database.send(new DeleteItemCommand({ TableName: 'Table', Key: { pk: { S: 'T#t' }, sk: { S: 'a' } } }));
      await database.send(
        new UpdateItemCommand({
          TableName: 'Table',
          Key: { pk: { S: 'T#t' }, sk: { S: 'b' } },
          UpdateExpression: 'REMOVE due_at',
        }),
      );
      expect(await openItems(database)).toEqual(['c 2026-01-01']);
    }, dropOpenIndex);
  });
});
