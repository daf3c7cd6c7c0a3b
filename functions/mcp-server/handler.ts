import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../aws/database';
import { deliveryStore } from '../aws/delivery/deliveries';
import { endpointStore } from '../aws/endpoint/endpoints';
import { newUlid } from '../aws/new-ulid';
import { admissionStore } from '../aws/run/admission';
import { executions, openSfn } from '../aws/run/executions';
import { runListStore } from '../aws/run/list';
import { runStore } from '../aws/run/runs';
import { claimStore } from '../aws/tenant/claims';
import { tenantStore } from '../aws/tenant/tenants';
import { tokenStore } from '../aws/tenant/tokens';
import { workflowStore } from '../aws/workflow/workflows';
import { environmentSchemas } from '../contract/environment';
import { standardFromDelaySeconds } from '../contract/machine';
import { openLog } from '../edge/log/log';
import { logStartDeferred } from '../edge/log/run';
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
