import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../aws/database';
import { newUlid } from '../aws/new-ulid';
import { openMcpServerStores } from '../aws/open-stores';
import { executions, openSfn } from '../aws/run/executions';
import { waitingPlaces } from '../aws/run/waiting';
import { environmentSchemas } from '../contract/environment';
import { openLog } from '../edge/log/log';
import { logStartDeferred } from '../edge/log/run';
import { mcpServer } from './mcp-server';

const environment = environmentSchemas['mcp-server'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);

export const handler = mcpServer({
  ...openMcpServerStores(database),
  executions: executions(
    openSfn(),
    {
      express: environment.EXPRESS_STATE_MACHINE_ARN,
      standard: environment.STANDARD_STATE_MACHINE_ARN,
    },
    () => new Date(),
  ),
  engineSetting: environment.RUN_ENGINE,
  supportEmail: environment.SUPPORT_EMAIL,
  ownHosts: environment.OWN_HOSTS,
  origin: environment.PUBLIC_ORIGIN,
  originSecrets: environment.ORIGIN_SECRETS,
  now: () => new Date(),
  newUid: () => `run_${newUlid()}`,
  onStartDeferred: logStartDeferred(log),
  waiting: waitingPlaces(database, environment.WAITING_PLACES, () => new Date()),
  sleep,
  log,
});
