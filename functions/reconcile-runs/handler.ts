import { environmentSchemas, lambdaEnvironmentSchema } from '../contract';
import { openDatabase } from '../aws/database';
import { reconcileReads } from '../aws/reconcile-reads';
import { tenantStore } from '../aws/tenants';
import { log } from '../edge/log';
import { measureIn } from '../edge/measure';
import { reconcileAll, type ReconcileAllDeps } from './reconcile-all';

const environment = environmentSchemas['reconcile-runs'].parse(process.env);
const database = openDatabase(environment.TABLE_NAME);
const deps: ReconcileAllDeps = {
  tenants: tenantStore(database),
  reads: reconcileReads(database),
  measure: measureIn(lambdaEnvironmentSchema.parse(process.env).AWS_LAMBDA_FUNCTION_NAME),
  now: () => new Date(),
  log,
};

/** Once a night, by schedule. */
export const handler = (): Promise<void> => reconcileAll(deps);
