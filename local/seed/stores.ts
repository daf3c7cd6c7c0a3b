import type { SFNClient } from '@aws-sdk/client-sfn';
import { ulid } from 'ulid';
import { openDatabase, type Database } from '../../functions/aws/database';
import { openStores } from '../../functions/aws/open-stores';
import { executions } from '../../functions/aws/run/executions';
import type { StartRunDeps } from '../../functions/domain/run/start-run-signature';
import { machineClient, clientOptions } from '../aws-clients';
import type { EngineAddresses } from '../engine-addresses';

export type Stores = ReturnType<typeof storesOn>;

/** The product's own stores on the local engines, so that seeding writes rows and starts runs as the product does. */
export function openLocalStores(addresses: EngineAddresses): Stores {
  const database = openDatabase(addresses.table_name, clientOptions(addresses.dynamodb_url));
  return storesOn(database, machineClient(addresses.sfn_url), addresses);
}

type Machines = Pick<EngineAddresses, 'express_state_machine_arn' | 'standard_state_machine_arn'>;

/** The same on any table and state machines. `close` closes both clients too. */
export function storesOn(database: Database, sfn: SFNClient, machines: Machines) {
  const stores = openStores(database);
  const startRun: StartRunDeps = {
    ...stores,
    executions: executions(
      sfn,
      {
        express: machines.express_state_machine_arn,
        standard: machines.standard_state_machine_arn,
      },
      () => new Date(),
    ),
    engineSetting: 'auto',
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
