import { BatchWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { getRow, type Database, type Row } from '../../functions/aws/database';
import { deliveryKey, eventKey, runKey, tenantKey, versionKey, workflowKey } from '../../functions/aws/keys';
import { deliveryIdOf, endpointIdOf, eventIdOf } from '../../functions/domain/delivery/ids';

/** The largest number of items in a batch write. */
const batchSize = 25;

async function storeAll({ client, tableName }: Database, items: Iterable<Row>): Promise<void> {
  let batch: Row[] = [];
  const send = async () => {
    const requests = batch.map((Item) => ({ PutRequest: { Item } }));
    batch = [];
    if (requests.length > 0) await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  };
  for (const item of items) {
    batch.push(item);
    if (batch.length === batchSize) await send();
  }
  await send();
}

/** Copies the tenant's first run until there are `count` runs, and sets the tenant's counter accordingly. */
export async function storeRuns(database: Database, tenantId: string, count: number): Promise<void> {
  const first = await getRow(database, runKey(tenantId, 1));
  const copies = function* (): Iterable<Row> {
    for (let id = 2; id <= count; id += 1) yield { ...first, ...runKey(tenantId, id), id, uid: `run_${ulid()}` };
  };
  await storeAll(database, copies());
  await database.client.send(
    new UpdateCommand({
      TableName: database.tableName,
      Key: { ...tenantKey(tenantId) },
      UpdateExpression: 'SET last_run_number = :count, settled_upto = :count',
      ExpressionAttributeValues: { ':count': count },
    }),
  );
}

/** Copies the tenant's first workflow and its recipe until there are `count` workflows. */
export async function storeWorkflows(database: Database, tenantId: string, count: number): Promise<void> {
  const first = await getRow(database, workflowKey(tenantId, 1));
  const version = await getRow(database, versionKey(tenantId, 1, 1));
  const copies = function* (): Iterable<Row> {
    for (let id = 2; id <= count; id += 1) {
      yield { ...first, ...workflowKey(tenantId, id), id };
      yield { ...version, ...versionKey(tenantId, id, 1) };
    }
  };
  await storeAll(database, copies());
}

/** Copies a delivery and its event, as later ones to the same endpoint, until there are `count` deliveries. */
export async function storeDeliveries(
  database: Database,
  tenantId: string,
  deliveryId: string,
  count: number,
): Promise<void> {
  const delivery = await getRow(database, deliveryKey(tenantId, deliveryId));
  const event = await getRow(database, eventKey(tenantId, eventIdOf(deliveryId)));
  const copies = function* (): Iterable<Row> {
    for (let stored = 2; stored <= count; stored += 1) {
      const eventId = `${ulid()}00`;
      const id = deliveryIdOf(eventId, endpointIdOf(deliveryId));
      yield { ...event, ...eventKey(tenantId, eventId), id: eventId };
      yield { ...delivery, ...deliveryKey(tenantId, id), id };
    }
  };
  await storeAll(database, copies());
}
