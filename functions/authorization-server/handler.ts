import { openDatabase } from '../aws/database';
import { newUlid } from '../aws/new-ulid';
import { openAuthorizationServerStores } from '../aws/open-stores';
import { environmentSchemas } from '../contract/environment';
import { changeRecorder } from '../domain/tenant/record-change';
import { memberSignIn } from '../edge/access/member-sign-in';
import { logAuditMissing } from '../edge/log/audit-missing';
import { openLog } from '../edge/log/log';
import { publicConnector } from '../guard/connect';
import { resolveHost } from '../guard/resolve-host';
import { authorizationServer } from './authorization-server';
import { documentLimits } from './limits';

const environment = environmentSchemas['authorization-server'].parse(process.env);
const log = openLog(environment.STAGE);
const stores = openAuthorizationServerStores(openDatabase(environment.TABLE_NAME));
const record = changeRecorder({ audit: stores.audit, onAuditMissing: logAuditMissing(log) });
const now = () => new Date();

export const handler = authorizationServer({
  ...stores,
  record,
  signIn: memberSignIn({
    issuer: environment.OIDC_ISSUER,
    audience: environment.OIDC_AUDIENCE,
    members: stores.members,
    record,
    now,
    newUlid,
  }),
  originSecrets: environment.ORIGIN_SECRETS,
  origin: environment.PUBLIC_ORIGIN,
  guard: {
    resolve: resolveHost,
    connect: publicConnector(),
    policy: { ownHosts: environment.OWN_HOSTS },
    limits: documentLimits,
  },
  now,
  newUlid,
  log,
});
