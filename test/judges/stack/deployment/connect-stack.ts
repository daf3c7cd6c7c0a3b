import { SFNClient } from '@aws-sdk/client-sfn';
import { writeFileSync } from 'node:fs';
import { openDatabase } from '../../../../functions/aws/database';
import type { Connection } from '../../../../local/connection';
import { startInbox } from '../../../../local/inbox/start-inbox';
import { connectTenants } from '../../../../local/seed/connect-tenants';
import { findDelivery } from '../../../../local/seed/find-delivery';
import { seed } from '../../../../local/seed/seed';
import { storesOn } from '../../../../local/seed/stores';
import { password } from './make-people';
import { outputsOf } from './outputs';

/** What test/e2e reads by `API_CONNECTION`. */
interface DeployedConnection extends Connection {
  /** Name of the stack, for the operator's commands. */
  readonly stack: string;
  readonly retries_soon: boolean;
}

interface Receiver {
  readonly port: number;
  /** Where the product reaches it, over public https. */
  readonly origin: string;
}

/**
 * Gives a deployed stack the tenants, tokens and workflows that a local run has, and a receiver of webhooks, and writes
 * the file by which test/e2e finds all of it.
 */
export async function connectStack(
  stack: string,
  { receiver, retriesSoon }: { receiver: Receiver; retriesSoon: boolean },
  file: string,
): Promise<{ stop: () => Promise<void> }> {
  const output = await outputsOf(stack);
  const stores = storesOn(openDatabase(output('TableName')), new SFNClient({}), {
    express_state_machine_arn: output('ExpressStateMachineArn'),
    standard_state_machine_arn: output('StandardStateMachineArn'),
  });
  const inbox = await startInbox(receiver.port, (webhookId) => findDelivery(stores, webhookId, new Date()), '');
  await seed(stores, receiver.origin, new Date());
  const address = output('DashboardUrl');
  const connection: DeployedConnection = {
    stack,
    retries_soon: retriesSoon,
    api_url: address,
    dashboard_url: `${address}/`,
    mcp_url: `${address}/mcp`,
    inbox_url: inbox.origin,
    inbox_endpoint_url: `${receiver.origin}/hooks/mine`,
    tenants: withPassword(await connectTenants(stores, {}, new Date())),
  };
  writeFileSync(file, JSON.stringify(connection, null, 2));
  return {
    stop: async () => {
      await inbox.stop();
      stores.close();
    },
  };
}

function withPassword(tenants: Connection['tenants']): Connection['tenants'] {
  return Object.fromEntries(
    Object.entries(tenants).map(([plan, tenant]) => [
      plan,
      { ...tenant, users: tenant.users.map((user) => ({ ...user, password })) },
    ]),
  );
}
