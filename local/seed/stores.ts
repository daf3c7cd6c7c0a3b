import { ulid } from 'ulid';
import { openDatabase } from '../../functions/aws/database';
import { openStores } from '../../functions/aws/open-stores';
import { executions } from '../../functions/aws/run/executions';
import { standardFromDelaySeconds } from '../../functions/contract/machine';
import type { StartRunDeps } from '../../functions/domain/run/start-run-stores';
import { machineClient, reaching } from '../aws-clients';
import type { EngineAddresses } from '../engine-addresses';

export type Stores = ReturnType<typeof openLocalStores>;

/** The product's own stores on the local engines: what is seeded is written and started as the product does it. */
export function openLocalStores(addresses: EngineAddresses) {
  const database = openDatabase(addresses.table_name, reaching(addresses.dynamodb_url));
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
    // Recovery starts it within the minute.
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
