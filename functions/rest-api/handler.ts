import { setTimeout as sleep } from 'node:timers/promises';
import { environmentSchemas, standardFromDelaySeconds } from '../contract';
import { admissionStore } from '../aws/admission';
import { auditStore } from '../aws/audit';
import { claimStore } from '../aws/claims';
import { openDatabase } from '../aws/database';
import { deliveryStore } from '../aws/deliveries';
import { deliveryListStore } from '../aws/delivery-list';
import { deliveryQueue, openSqs } from '../aws/delivery-queue';
import { endpointHealthStore } from '../aws/endpoint-health';
import { endpointStore } from '../aws/endpoints';
import { eventStore } from '../aws/events';
import { executions, openSfn } from '../aws/executions';
import { memberStore } from '../aws/members';
import { runListStore } from '../aws/run-list';
import { runProgressStore } from '../aws/run-progress';
import { newUlid } from '../aws/new-ulid';
import { runStore } from '../aws/runs';
import { tenantStore } from '../aws/tenants';
import { tokenStore } from '../aws/tokens';
import { workflowVersionStore } from '../aws/workflow-versions';
import { workflowStore } from '../aws/workflows';
import { changeRecorder } from '../domain/record-change';
import { httpChain } from '../edge/http-chain';
import { issuerKeys } from '../edge/issuer-keys';
import { openLog } from '../edge/log';
import { logAuditMissing } from '../edge/log-audit-missing';
import { logUnsent } from '../edge/log-unsent';
import { logStartDeferred } from '../edge/log-run';
import { signIn } from '../edge/sign-in';
import { idTokenVerifier } from '../edge/verify-id-token';
import type { RestApiDeps } from './deps';
import { bindMember } from './note-binding';
import { restRoutes } from './routes';

const environment = environmentSchemas['rest-api'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const now = () => new Date();
const audit = auditStore(database);
const members = memberStore(database);
const record = changeRecorder({ audit, onAuditMissing: logAuditMissing(log) });
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
  record,
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
    members: { find: members.find, bind: bindMember({ members, record, now, newUlid }) },
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
