import { openDatabase } from '../aws/database';
import { openReconcileRunsStores } from '../aws/open-stores';
import { environmentSchemas } from '../contract/environment';
import { openLog } from '../edge/log/log';
import { reconcileAll, type ReconcileAllDeps } from './reconcile-all';

const environment = environmentSchemas['reconcile-runs'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const deps: ReconcileAllDeps = {
  ...openReconcileRunsStores(database),
  now: () => new Date(),
  log,
};

/** Runs once a night, by schedule. */
export const handler = (): Promise<void> => reconcileAll(deps);
