import { ulid } from 'ulid';
import { openDatabase } from '../../functions/aws/database';
import { openStores } from '../../functions/aws/open-stores';
import { executions } from '../../functions/aws/run/executions';
import { standardFromDelaySeconds } from '../../functions/contract/machine';
import type { StartRunDeps } from '../../functions/domain/run/start-run-signature';
import { machineClient, clientOptions } from '../aws-clients';
import type { EngineAddresses } from '../engine-addresses';

export type Stores = ReturnType<typeof openLocalStores>;

/** The product's own stores on the local engines, so that seeding writes rows and starts runs as the product does. */
export function openLocalStores(addresses: EngineAddresses) {
  const database = openDatabase(addresses.table_name, clientOptions(addresses.dynamodb_url));
  const stores = openStores(database);
  const sfn = machineClient(addresses.sfn_url);
  const startRun: StartRunDeps = {
    ...stores,
    executions: executions(sfn, {
      express: addresses.express_state_machine_arn,
      standard: addresses.standard_state_machine_arn,
    }),
    engineSetting: 'auto',
    standardFromDelaySeconds,
    supportEmail: 'support@example.com',
    now: () => new Date(),
    newUid: () => `run_${ulid()}`,
    // Recovery starts the run later.
    onStartDeferred: () => undefined,
  };
  return {
    ...stores,
    database,
    startRun,
    close: () => {
      database.client.destroy();
      database.once.destroy();
      sfn.destroy();
    },
  };
}
