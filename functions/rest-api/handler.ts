import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../aws/database';
import { deliveryStore } from '../aws/delivery/deliveries';
import { eventStore } from '../aws/delivery/events';
import { deliveryListStore } from '../aws/delivery/list';
import { deliveryQueue, openSqs } from '../aws/delivery/queue';
import { endpointStore } from '../aws/endpoint/endpoints';
import { endpointHealthStore } from '../aws/endpoint/health';
import { newUlid } from '../aws/new-ulid';
import { admissionStore } from '../aws/run/admission';
import { executions, openSfn } from '../aws/run/executions';
import { runListStore } from '../aws/run/list';
import { runProgressStore } from '../aws/run/progress';
import { runStore } from '../aws/run/runs';
import { auditStore } from '../aws/tenant/audit';
import { claimStore } from '../aws/tenant/claims';
import { memberStore } from '../aws/tenant/members';
import { tenantStore } from '../aws/tenant/tenants';
import { tokenStore } from '../aws/tenant/tokens';
import { workflowVersionStore } from '../aws/workflow/versions';
import { workflowStore } from '../aws/workflow/workflows';
import { environmentSchemas } from '../contract/environment';
import { standardFromDelaySeconds } from '../contract/machine';
import { idTokenVerifier } from '../edge/access/id-token';
import { issuerKeys } from '../edge/access/issuer-keys';
import { signIn } from '../edge/access/sign-in';
import { httpChain } from '../edge/http-chain';
import { openLog } from '../edge/log/log';
import { logStartDeferred } from '../edge/log/run';
import { logUnsent } from '../edge/log/unsent';
import type { RestApiDeps } from './deps';
import { restRoutes } from './routes';
import { noteBinding } from './tenant/note-binding';

const environment = environmentSchemas['rest-api'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const now = () => new Date();
const audit = auditStore(database);
const members = memberStore(database);
const deps: RestApiDeps = {
  admission: admissionStore(database),
  audit,
  claims: claimStore(database),
  deliveries: deliveryStore(database),
  deliveryList: deliveryListStore(database),
  endpoints: endpointStore(database),
  events: eventStore(database),
  executions: executions(openSfn(), {
    express: environment.EXPRESS_STATE_MACHINE_ARN,
    standard: environment.STANDARD_STATE_MACHINE_ARN,
  }),
  health: endpointHealthStore(database),
  members,
  progress: runProgressStore(database),
  queue: deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, logUnsent(log)),
  runList: runListStore(database),
  runs: runStore(database),
  tenants: tenantStore(database),
  tokens: tokenStore(database),
  workflows: workflowStore(database),
  workflowVersions: workflowVersionStore(database),
  signIn: signIn({
    verifyIdToken: idTokenVerifier({
      issuer: environment.OIDC_ISSUER,
      audience: environment.OIDC_AUDIENCE,
      keys: issuerKeys(environment.OIDC_ISSUER),
      now,
    }),
    members,
    onBound: noteBinding(audit, now),
    now,
  }),
  engineSetting: environment.RUN_ENGINE,
  standardFromDelaySeconds,
  supportEmail: environment.SUPPORT_EMAIL,
  ownHosts: environment.OWN_HOSTS,
  localInboxOrigin: environment.LOCAL_INBOX_ORIGIN,
  now,
  newUid: () => `run_${newUlid()}`,
  newUlid,
  onStartDeferred: logStartDeferred(log),
  sleep,
  log,
};

export const handler = httpChain(deps, restRoutes(deps));
