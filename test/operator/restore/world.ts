import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { openDatabase, type Database, type Row } from '../../../functions/aws/database';
import type { Key } from '../../../functions/aws/keys';
import { seedRows, tenantId } from '../../faults/fixture';
import { startEngine, type Engine } from '../../faults/simulation/engine';
import { startReceiver } from '../../faults/simulation/receiver';
import { emptyState, newSimulation, type InitialState, type Simulation } from '../../faults/simulation/simulation';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../../support/builders';
import { makeTable } from '../../support/engines';
import { putRows } from '../../support/table';
import { startLocalOperator, writeEngines } from '../operator';

/** The functions of the product and the operator's commands on one engine, with real conditional writes. */
export async function startWorld() {
  const operator = await startLocalOperator();
  const { endpoint, tableName } = operator.database;
  const receiver = await startReceiver();
  const reach = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const opened: Database[] = [];
  const open = (name: string): Database => {
    const database = openDatabase(name, reach);
    opened.push(database);
    return database;
  };
  const live = open(tableName);

  /** Wires the product to a table. Its rows are put there first. */
  const productOn = (database: Database, state: Partial<InitialState>, respond?: () => number): Promise<Simulation> => {
    const engine: Engine = {
      ...startEngine(),
      newTable: async (rows) => {
        await putRows(database, rows);
        return database;
      },
    };
    return newSimulation({ engine, receiver }, { respond }, { ...emptyState, ...state });
  };

  return {
    operator,
    live,
    productOn,
    /** Rows of a tenant with two workflows and two endpoints, made long before. */
    seed: () =>
      seedRows({ engine: startEngine(), receiver }, tenantId, {
        recipe: aRecipe({ steps: [aLog(), aDelay(20), aWebhookStep()] }),
        endpoints: { hawk: ['campaign.*'], spare: ['unheard.*'] },
      }),

    /** What restoring to this moment yields: another table with the same rows, and without what is set beside them. */
    async restore(name: string): Promise<Database> {
      await makeTable(live.client, name);
      const restored = open(name);
      await putRows(restored, await everyRow(live));
      return restored;
    },

    /** From now on the operator's commands take this table for the live one. */
    replaceLiveBy({ tableName }: Database): void {
      writeEngines(operator.dataFolder, { dynamodb_url: endpoint, table_name: tableName });
    },

    async stop(): Promise<void> {
      for (const { client, once } of opened) {
        client.destroy();
        once.destroy();
      }
      await receiver.stop();
      await operator.stop();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

async function everyRow({ client, tableName }: Database): Promise<Row[]> {
  const rows: Row[] = [];
  let start: Row | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) }),
    );
    rows.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
}

/** Deletes a row as somebody's hand would, past all rules of the product. */
export async function deleteByHand({ client, tableName }: Database, key: Key): Promise<void> {
  await client.send(new DeleteCommand({ TableName: tableName, Key: { ...key } }));
}
