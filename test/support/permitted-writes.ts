import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Row } from '../../functions/aws/database';
import type { FunctionName } from '../../functions/contract/functions';
import type { Partition, WriteAction } from '../../functions/contract/partitions';

type ReadAction = 'GetItem' | 'BatchGetItem' | 'Query';
import { interceptDatabase } from './requests';

/** What a function may write, and why it must. */
type Writes = Readonly<Partial<Record<Partition, readonly [why: string, ...actions: WriteAction[]]>>>;

/**
 * The reviewed writes of every function. `test/lib/permitted-writes.test.ts` compares the synthesized policies with it,
 * and the tests that run a function's code refuse, like IAM, every write that is not listed here.
 */
export const permittedWrites: Readonly<Record<FunctionName, Writes>> = {
  'rest-api': {
    tenant: [
      'workflows, endpoints, ids of tokens and audit rows are made and changed, connected apps revoked, and endpoints deleted; runs are counted',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
    ],
    runs: ['a run is made, cancelled, or its number given back', 'PutItem', 'UpdateItem'],
    inputs: ['an input too large for the row of its run is made with the run', 'PutItem'],
    requests: ['requests of a minute are counted, and who waits for a run', 'UpdateItem'],
    waiting: ['places of all tenants to wait for a run are taken and given back', 'UpdateItem'],
    deliveries: [
      'test events and those of disabled endpoints are fired, deliveries sent again',
      'PutItem',
      'UpdateItem',
    ],
    claims: ['a key is taken, completed, and given back after a refusal', 'PutItem', 'UpdateItem', 'DeleteItem'],
    tokens: ['members issue and revoke tokens; their last use is noted', 'PutItem', 'UpdateItem'],
  },
  'mcp-server': {
    tenant: ['runs are counted, and the last use of a connected app is noted', 'UpdateItem'],
    runs: ['a run is made, or its number given back', 'PutItem'],
    inputs: ['an input too large for the row of its run is made with the run', 'PutItem'],
    requests: ['requests of a minute are counted, and who waits for a run', 'UpdateItem'],
    waiting: ['places of all tenants to wait for a run are taken and given back', 'UpdateItem'],
    claims: ['a key is taken, completed, and given back after a refusal', 'PutItem', 'UpdateItem', 'DeleteItem'],
    tokens: ['the last use of a token is noted', 'UpdateItem'],
  },
  'authorization-server': {
    tenant: [
      'apps are connected and ended, members bound at their first sign-in, changes counted and audited',
      'PutItem',
      'UpdateItem',
    ],
    requests: ['requests of a minute are counted', 'UpdateItem'],
    tokens: ['connected apps get access tokens and give them back', 'PutItem', 'UpdateItem'],
    authorizations: ['requests, codes and refresh tokens are kept, used and dropped', 'UpdateItem', 'DeleteItem'],
  },
  'run-segment': {
    runs: ['steps are recorded, and the end of the run', 'UpdateItem'],
    inputs: ['what steps did is stored apart where the row of the run has no room for it', 'PutItem'],
    deliveries: ['events are fired', 'PutItem'],
  },
  'deliver-webhook': {
    tenant: ['the health of an endpoint is followed, and its disabling audited', 'PutItem', 'UpdateItem'],
    deliveries: ['attempts are recorded, and the event of a disabled endpoint fired', 'PutItem', 'UpdateItem'],
    pace: ['attempts to one host take turns', 'UpdateItem'],
  },
  'recover-runs': {
    tenant: ['counts are settled, and cancellations audited', 'PutItem', 'UpdateItem'],
    runs: ['an interrupted run goes on or ends; a number without a run gets a void row', 'PutItem', 'UpdateItem'],
    deliveries: ['the ends of runs are published', 'PutItem'],
  },
  'reconcile-runs': {},
};

/** What a function may read in each kind of partition. The others may read every one. */
export const permittedReads: Readonly<
  Partial<Record<FunctionName, Readonly<Partial<Record<Partition, readonly ReadAction[]>>>>>
> = {
  'authorization-server': {
    tenant: ['BatchGetItem', 'GetItem', 'Query'],
    tokens: ['GetItem'],
    users: ['Query'],
    authorizations: ['GetItem'],
  },
  'deliver-webhook': { tenant: ['GetItem', 'Query'], deliveries: ['GetItem', 'Query'], pace: ['GetItem'] },
};

/** The simulator asks at every call, and its schedules have the same few keys. */
const partitions = new Map<string, Partition | undefined>();

/** The kind of a partition by its key; a test holds it against `keys.ts` and the patterns of the policies. */
export function partitionOf(pk: string): Partition | undefined {
  if (!partitions.has(pk)) partitions.set(pk, partitionIn(pk));
  return partitions.get(pk);
}

function partitionIn(pk: string): Partition | undefined {
  const [first, , kind, ...more] = pk.split('#');
  if (first === 'TOKEN') return 'tokens';
  if (first === 'USER') return 'users';
  if (first === 'OAUTH') return 'authorizations';
  if (pk === 'REQ') return 'waiting';
  if (first !== 'T') return undefined;
  if (kind === undefined) return 'tenant';
  if (kind === 'KEY') return more.length === 1 ? 'claims' : undefined;
  return ({ RUN: 'runs', INP: 'inputs', DLV: 'deliveries', PACE: 'pace', REQ: 'requests' } as const)[kind];
}

/** What DynamoDB answers to a write that the policy of the function does not allow. */
class AccessDenied extends Error {
  override readonly name = 'AccessDeniedException';
  readonly $metadata = { attempts: 1 };
}

/** A request to the table: its command's name, such as `PutCommand`, and its input. */
interface Request {
  readonly constructor: { readonly name: string };
  readonly input: any;
}

const deniedRequests: string[] = [];

/** @throws AccessDenied for a request that the function is not permitted, as in AWS */
export function requirePermitted(name: FunctionName, { constructor, input }: Request): void {
  const action = constructor.name.slice(0, -'Command'.length);
  const keys = partitionKeysOf(input);
  for (const pk of keys) {
    const partition = partitionOf(pk);
    if (partition === undefined || !mayReach(name, partition, action))
      deny(`${name} may not ${action} in ${partition ?? pk}`);
  }
  if (keys.length < 2) return;
  // Each kind of partition is a statement of its own, and `ForAllValues` asks one statement to cover all keys of a batch.
  const kinds = new Set(keys.map(partitionOf));
  if (kinds.size > 1 && name in permittedReads)
    deny(`${name} may not ${action} in ${[...kinds].join(' and ')} at once`);
}

function deny(what: string): never {
  deniedRequests.push(what);
  throw new AccessDenied(what);
}

/** Requests to an index have none. */
function partitionKeysOf(input: any): string[] {
  if (input.Item !== undefined || input.Key !== undefined) return [String((input.Item ?? input.Key).pk)];
  if (input.RequestItems !== undefined)
    return Object.values<any>(input.RequestItems).flatMap(({ Keys = [] }) => Keys.map(({ pk }: Row) => String(pk)));
  return input.IndexName === undefined
    ? [String(input.ExpressionAttributeValues?.[':pk'] ?? input.ExpressionAttributeValues?.[':in'])]
    : [];
}

function mayReach(name: FunctionName, partition: Partition, action: string): boolean {
  const reads = permittedReads[name];
  if (action === 'Get' || action === 'BatchGet' || action === 'Query')
    return reads === undefined || (reads[partition] ?? []).some((read) => read.replace(/Item$/, '') === action);
  const [, ...actions] = permittedWrites[name][partition] ?? [];
  return actions.some((permitted) => permitted === `${action}Item`);
}

/** For the end of a test file: a refusal that the product survived must not go unnoticed. */
export function requireNoneDenied(): void {
  if (deniedRequests.length > 0) throw new Error(`Policies do not permit: ${[...new Set(deniedRequests)].join('; ')}`);
}

const running = new AsyncLocalStorage<FunctionName>();

/** Runs a function's code: its writes through {@link underPolicies} are refused unless they are permitted. */
export function as<Result>(name: FunctionName, act: () => Promise<Result>): Promise<Result> {
  return running.run(name, act);
}

/** Applies the policy of the function that makes a request. Requests of the test itself are not restricted. */
export function underPolicies(database: Database): Database {
  return interceptDatabase(database, async (command, send) => {
    const name = running.getStore();
    if (name !== undefined) requirePermitted(name, command);
    return send();
  });
}
