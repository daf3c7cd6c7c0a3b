import { openDatabase } from '../aws/database';
import { reconcileReads } from '../aws/reconcile/reads';
import { tenantStore } from '../aws/tenant/tenants';
import { environmentSchemas } from '../contract/environment';
import { openLog } from '../edge/log/log';
import { reconcileAll, type ReconcileAllDeps } from './reconcile-all';

const environment = environmentSchemas['reconcile-runs'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const deps: ReconcileAllDeps = {
  tenants: tenantStore(database),
  reads: reconcileReads(database),
  now: () => new Date(),
  log,
};

/** Once a night, by schedule. */
export const handler = (): Promise<void> => reconcileAll(deps);
