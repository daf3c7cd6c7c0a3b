import { setTimeout as sleep } from 'node:timers/promises';
import { environmentSchemas, standardFromDelaySeconds } from '../contract';
import { admissionStore } from '../aws/admission';
import { claimStore } from '../aws/claims';
import { openDatabase } from '../aws/database';
import { deliveryStore } from '../aws/deliveries';
import { endpointStore } from '../aws/endpoints';
import { executions, openSfn } from '../aws/executions';
import { runListStore } from '../aws/run-list';
import { newUlid } from '../aws/new-ulid';
import { runStore } from '../aws/runs';
import { tenantStore } from '../aws/tenants';
import { tokenStore } from '../aws/tokens';
import { workflowStore } from '../aws/workflows';
import { openLog } from '../edge/log';
import { logStartDeferred } from '../edge/log-run';
import { mcpServer } from './mcp-server';

const environment = environmentSchemas['mcp-server'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);

export const handler = mcpServer({
  admission: admissionStore(database),
  claims: claimStore(database),
  deliveries: deliveryStore(database),
  endpoints: endpointStore(database),
  executions: executions(openSfn(), {
    express: environment.EXPRESS_STATE_MACHINE_ARN,
    standard: environment.STANDARD_STATE_MACHINE_ARN,
  }),
  runList: runListStore(database),
  runs: runStore(database),
  tenants: tenantStore(database),
  tokens: tokenStore(database),
  workflows: workflowStore(database),
  engineSetting: environment.RUN_ENGINE,
  standardFromDelaySeconds,
  supportEmail: environment.SUPPORT_EMAIL,
  ownHosts: environment.OWN_HOSTS,
  now: () => new Date(),
  newUid: () => `run_${newUlid()}`,
  onStartDeferred: logStartDeferred(log),
  sleep,
  log,
});
