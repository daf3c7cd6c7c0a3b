import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../aws/database';
import { deliveryQueue, openSqs } from '../aws/delivery/queue';
import { newUlid } from '../aws/new-ulid';
import { openRestApiStores } from '../aws/open-stores';
import { executions, openSfn } from '../aws/run/executions';
import { waitingPlaces } from '../aws/run/waiting';
import { environmentSchemas } from '../contract/environment';
import { changeRecorder } from '../domain/tenant/record-change';
import { memberSignIn } from '../edge/access/member-sign-in';
import { httpChain } from '../edge/http-chain';
import { logAuditMissing } from '../edge/log/audit-missing';
import { openLog } from '../edge/log/log';
import { logStartDeferred } from '../edge/log/run';
import { logUnsent } from '../edge/log/unsent';
import type { RestApiDeps } from './deps';
import { restRoutes } from './routes';

const environment = environmentSchemas['rest-api'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const stores = openRestApiStores(database);
const now = () => new Date();
const record = changeRecorder({ audit: stores.audit, onAuditMissing: logAuditMissing(log) });
const deps: RestApiDeps = {
  ...stores,
  executions: executions(
    openSfn(),
    {
      express: environment.EXPRESS_STATE_MACHINE_ARN,
      standard: environment.STANDARD_STATE_MACHINE_ARN,
    },
    now,
  ),
  queue: deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, logUnsent(log)),
  record,
  signIn: memberSignIn({
    issuer: environment.OIDC_ISSUER,
    audience: environment.OIDC_AUDIENCE,
    members: stores.members,
    record,
    now,
    newUlid,
  }),
  engineSetting: environment.RUN_ENGINE,
  supportEmail: environment.SUPPORT_EMAIL,
  ownHosts: environment.OWN_HOSTS,
  origin: environment.PUBLIC_ORIGIN,
  originSecrets: environment.ORIGIN_SECRETS,
  localInboxOrigin: environment.LOCAL_INBOX_ORIGIN,
  now,
  newUid: () => `run_${newUlid()}`,
  newUlid,
  onStartDeferred: logStartDeferred(log),
  waiting: waitingPlaces(database, environment.WAITING_PLACES, () => new Date()),
  sleep,
  log,
};

export const handler = httpChain(deps, restRoutes(deps));
