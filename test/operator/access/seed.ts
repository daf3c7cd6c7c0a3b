import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ulid } from 'ulid';
import type { Database } from '../../../functions/aws/database';
import { deliveryStore } from '../../../functions/aws/delivery/deliveries';
import { eventStore } from '../../../functions/aws/delivery/events';
import { endpointStore } from '../../../functions/aws/endpoint/endpoints';
import { deliveryKey, runKey, tenantKey, trailKey } from '../../../functions/aws/keys';
import { runStore } from '../../../functions/aws/run/runs';
import { connectedAppStore } from '../../../functions/aws/tenant/connected-apps';
import { memberStore } from '../../../functions/aws/tenant/members';
import { tenantStore } from '../../../functions/aws/tenant/tenants';
import { tokenStore } from '../../../functions/aws/tenant/tokens';
import { newDelivery } from '../../../functions/domain/delivery/delivery';
import { newEvent } from '../../../functions/domain/delivery/event';
import { stepEventId } from '../../../functions/domain/delivery/ids';
import { newToken } from '../../../functions/domain/tenant/token';
import { aConnectedApp, aRun, aTenant, aToken, aTrailEntry, anEndpoint, noon } from '../../support/builders';
import { makeTable } from '../../support/engines';
import { overwrite, putRow, tenantWithWorkflow } from '../../support/table';

export const email = 'ada@acme.example';

/** A tenant with one of everything, and with damage of each kind that `reconcile --fix` repairs by another kind of write. */
export async function seed(database: Database) {
  const id = await tenantWithWorkflow(database);
  const other = aTenant({ id: 'other' });
  await tenantStore(database).create(other);
  await memberStore(database).add({
    tenant_id: id,
    email,
    permissions: ['viewer', 'manage_agents'],
    created_at: noon.toISOString(),
  });
  const token = aToken({ id: `tok_${ulid(noon.getTime())}`, tenant_id: id, created_by: email });
  await tokenStore(database).put(id, newToken('pat'), token);
  const apps = [aConnectedApp({ tenant_id: id }), aConnectedApp({ tenant_id: id, approved_by: email })];
  for (const app of apps) await connectedAppStore(database).put(app);
  const endpoint = anEndpoint({ disabling_announced: false });
  const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
  await endpointStore(database).create(id, endpoint, { secret, keyHash: undefined }, noon);

  // Run 1 has ended; its trail is stored apart, one of its deliveries is missing and the other is still listed as open.
  const fired = aTrailEntry({ type: 'fire_webhook_event', output: { event: 'x.y', matched_endpoints: 2 } });
  const run = aRun({ id: 1, uid: `run_${ulid(noon.getTime())}`, status: 'succeeded', finished_at: noon.toISOString() });
  await runStore(database).put(id, { run, input: '{}', dueAt: noon.toISOString(), keyHash: undefined });
  const key = trailKey(id, 1, 0, 'kept');
  await putRow(database, { ...key, entries: [fired] });
  await overwrite(database, runKey(id, 1), { trail: [{ kept: key.sk }] });
  await forgetDueTime(database, runKey(id, 1));
  const targets = [endpoint.id, 'ep_missing'].map((endpoint_id) => ({
    endpoint_id,
    url: endpoint.url,
    body: endpoint.body,
  }));
  const event = newEvent(
    { id: stepEventId(run.uid, 0), type: 'x.y', run: { id: 1, uid: run.uid, workflow_id: 1 }, stepIndex: 0, data: {} },
    targets,
    noon,
  );
  await eventStore(database).putIfAbsent(id, event);
  const delivery = newDelivery(event, targets[0]!, 'event', noon);
  await deliveryStore(database).putIfAbsent(id, delivery, noon.toISOString());
  await overwrite(database, deliveryKey(id, delivery.id), { status: 'delivered' });

  // Run 2 is open, and recovery would never look at it. Run 3 was counted and has no row.
  const open = aRun({ id: 2, uid: `run_${ulid(noon.getTime())}`, status: 'queued' });
  await runStore(database).put(id, { run: open, input: '{}', dueAt: noon.toISOString(), keyHash: undefined });
  await forgetDueTime(database, runKey(id, 2));
  await overwrite(database, tenantKey(id), { last_run_number: 3, settled_upto: 3, d20261122: 3, b20261122: 0 });
  const restored = await restoredBeside(database, id);
  return { id, endpoint: endpoint.id, token: token.id, app: apps[0]!.id, delivery: delivery.id, restored };
}

/** A table that was restored under the name that the runbook gives it, with the one tenant and a counter that is behind. */
async function restoredBeside(database: Database, id: string): Promise<string> {
  const restored = { ...database, tableName: `${database.tableName}-restored` };
  await makeTable(database.client, restored.tableName);
  await tenantStore(restored).create(aTenant({ id }));
  return restored.tableName;
}

async function forgetDueTime({ client, tableName }: Database, key: { pk: string; sk: string }): Promise<void> {
  await client.send(
    new UpdateCommand({ TableName: tableName, Key: key, UpdateExpression: 'REMOVE due_at, open_shard' }),
  );
}

/** A dead letter that can be redriven. */
export async function bury(sqs: SQSClient, QueueUrl: string, tenantId: string): Promise<void> {
  const MessageBody = JSON.stringify({ tenant_id: tenantId, delivery_id: 'dlv_1', attempts: 1 });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}
