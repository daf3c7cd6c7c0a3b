import { ulid } from 'ulid';
import { openDatabase } from '../../functions/aws/database';
import { deliveryAttemptStore } from '../../functions/aws/delivery/attempts';
import { deliveryStore } from '../../functions/aws/delivery/deliveries';
import { endpointStore } from '../../functions/aws/endpoint/endpoints';
import { admissionStore } from '../../functions/aws/run/admission';
import { executions } from '../../functions/aws/run/executions';
import { runStore } from '../../functions/aws/run/runs';
import { claimStore } from '../../functions/aws/tenant/claims';
import { memberStore } from '../../functions/aws/tenant/members';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { tokenStore } from '../../functions/aws/tenant/tokens';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import { standardFromDelaySeconds } from '../../functions/contract/machine';
import type { StartRunDeps } from '../../functions/domain/run/start-run-stores';
import { machineClient, clientOptions } from '../aws-clients';
import type { EngineAddresses } from '../engine-addresses';

export type Stores = ReturnType<typeof openStores>;

/** The product's own stores on the local engines, so that seeding writes rows and starts runs as the product does. */
export function openStores(addresses: EngineAddresses) {
  const database = openDatabase(addresses.table_name, clientOptions(addresses.dynamodb_url));
  const sfn = machineClient(addresses.sfn_url);
  const startRun: StartRunDeps = {
    admission: admissionStore(database),
    claims: claimStore(database),
    executions: executions(sfn, {
      express: addresses.express_state_machine_arn,
      standard: addresses.standard_state_machine_arn,
    }),
    runs: runStore(database),
    tenants: tenantStore(database),
    workflows: workflowStore(database),
    engineSetting: 'auto',
    standardFromDelaySeconds,
    supportEmail: 'support@example.com',
    now: () => new Date(),
    newUid: () => `run_${ulid()}`,
    // Recovery starts the run later.
    onStartDeferred: () => undefined,
  };
  return {
    database,
    startRun,
    deliveries: deliveryStore(database),
    attempts: deliveryAttemptStore(database),
    endpoints: endpointStore(database),
    members: memberStore(database),
    tenants: tenantStore(database),
    tokens: tokenStore(database),
    workflows: workflowStore(database),
    close: () => {
      database.client.destroy();
      database.once.destroy();
      sfn.destroy();
    },
  };
}
