import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Database } from '../../../functions/aws/database';
import { deliveryQueue } from '../../../functions/aws/delivery/queue';
import { openStores } from '../../../functions/aws/open-stores';
import { executions } from '../../../functions/aws/run/executions';
import { waitingPlaces } from '../../../functions/aws/run/waiting';
import { changeRecorder } from '../../../functions/domain/tenant/record-change';
import { bindMember } from '../../../functions/edge/access/bind-member';
import { signIn } from '../../../functions/edge/access/sign-in';
import type { Log } from '../../../functions/edge/log/log';
import { ulidTime } from '../../../functions/domain/ulid';
import type { Command } from '../../faults/simulation/sdk-command';
import { inboxOrigin, issuer } from './origin';

/** Which machine the runs of a schedule go to. */
export type EngineSetting = 'auto' | 'standard';

/** What the functions of one schedule share. */
export interface Surroundings {
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Counts the ids of a schedule. */
  readonly nextNumber: () => number;
  readonly log: Log;
  readonly startOrStop: (command: Command) => Promise<unknown>;
  readonly send: (command: Command) => Promise<unknown>;
}

/** The dependencies of every function, wired as each `handler.ts` does it. @param current of the schedule under way */
export function wireStores(database: Database, current: () => Surroundings, engineSetting: EngineSetting) {
  const stores = openStores(database);
  const now = () => current().now();
  const log: Log = (...line) => current().log(...line);
  const newUlid = () => ulidTime(now().getTime()) + String(current().nextNumber()).padStart(16, '0');
  const record = changeRecorder({
    audit: stores.audit,
    onAuditMissing: (tenant, row, error) =>
      log('error', { event: 'audit_missing', tenant, row: row.id, error: String(error) }),
  });
  const sfn = { send: (command: Command) => current().startOrStop(command) } as unknown as SFNClient;
  const sqs = { send: (command: Command) => current().send(command) } as unknown as SQSClient;
  return {
    ...stores,
    record,
    executions: executions(sfn, { express: 'arn:stateMachine:express', standard: 'arn:stateMachine:standard' }, now),
    queue: deliveryQueue(sqs, 'https://queue.invalid/deliveries', () => undefined),
    engineSetting,
    supportEmail: 'support@acme.example',
    ownHosts: ['api.acme.example'],
    origin: 'https://api.acme.example',
    originSecrets: [],
    localInboxOrigin: inboxOrigin,
    now,
    newUid: () => `run_${newUlid()}`,
    newUlid,
    onStartDeferred: () => undefined,
    sleep: (ms: number) => current().sleep(ms),
    log,
  };
}

export type Stores = ReturnType<typeof wireStores>;

/** What an instance of a door keeps between the requests that it serves. */
export function instanceOf(database: Database, { members, record, now, newUlid }: Stores) {
  return {
    // The text of an ID token is the address of who signs in; what an issuer signs is proved elsewhere.
    signIn: signIn({
      verifyIdToken: async (idToken) => ({
        email: Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString(),
        account: { iss: issuer, sub: idToken },
      }),
      members: {
        find: (email, tenantId) => members.find(email, tenantId),
        bind: bindMember({ members, record, now, newUlid }),
      },
      now,
    }),
    waiting: waitingPlaces(database, 75, now),
  };
}
