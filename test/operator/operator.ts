import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOperator } from '../../bin/operator/run-operator';
import { auditStore } from '../../functions/aws/tenant/audit';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import type { AuditEvent } from '../../functions/domain/tenant/audit';
import type { Tenant } from '../../functions/domain/tenant/tenant';
import { engineAddressesFile, type EngineAddresses } from '../../local/engine-addresses';
import { aTenant, noon } from '../support/builders';
import { startTable } from '../support/engines';

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Call {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a clock that moves by a millisecond whenever it is read. */
  readonly now?: (() => Date) | undefined;
  /** Called whenever the command sleeps. */
  readonly whileWaiting?: ((ms: number) => Promise<void>) | undefined;
}

/** Runs the operator's command line in this process. @returns its output and its exit code */
export async function operate(
  args: readonly string[],
  { input = '', env = {}, now = laterEachTime, whileWaiting }: Call = {},
): Promise<CommandResult> {
  let [out, err] = ['', ''];
  const code = await runOperator(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    columns: 120,
    readInput: async () => input,
    env,
    now,
    sleep: async (ms) => {
      if (whileWaiting === undefined) throw new Error('The command sleeps, but the test has no whileWaiting');
      await whileWaiting(ms);
    },
  });
  return { code, out, err };
}

let calls = 0;

/** Each call is later than the one before, so that its rows sort after the earlier ones. */
function laterEachTime(): Date {
  return new Date(noon.getTime() + (calls += 1));
}

/**
 * Starts a table, and writes a data folder that names it as the local run does. No server listens at the queues'
 * address.
 */
export async function startLocalOperator(queues: Partial<EngineAddresses> = {}) {
  const database = await startTable();
  const dataFolder = mkdtempSync(join(tmpdir(), 'operator-'));
  writeEngines(dataFolder, { dynamodb_url: database.endpoint, table_name: database.tableName, ...queues });
  const env = { LOCAL_DATA_DIR: dataFolder, OPERATOR_NAME: 'Olga' };

  const run = (...args: string[]) => operate(['--local', ...args], { env });
  return {
    database,
    dataFolder,
    env,
    /** Runs a command with `--local`. */
    run,
    runWith: (call: Call, ...args: string[]) =>
      operate(['--local', ...args], { ...call, env: { ...env, ...call.env } }),
    /** Runs a command with `--json` too, and fails unless it succeeds and writes nothing but JSON. */
    json: async (...args: string[]): Promise<any> => {
      const { code, out, err } = await run(...args, '--json');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out);
    },
    createTenant: async (overrides: Partial<Tenant> = {}): Promise<string> => {
      const tenant = aTenant({ id: `tenant-${(tenants += 1)}`, ...overrides });
      await tenantStore(database).create(tenant);
      return tenant.id;
    },
    audit: async (tenantId: string): Promise<AuditEvent[]> =>
      (await auditStore(database).list(tenantId, 100)).events.toReversed(),
    stop: async () => {
      await database.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

export type LocalOperator = Awaited<ReturnType<typeof startLocalOperator>>;

let tenants = 0;

/** Port 9 is "discard", so no server of these tests listens there. */
const nowhere = 'http://127.0.0.1:9';

export function writeEngines(dataFolder: string, overrides: Partial<EngineAddresses> = {}): void {
  const addresses: EngineAddresses = {
    region: 'us-east-1',
    dynamodb_url: nowhere,
    sqs_url: nowhere,
    sfn_url: nowhere,
    table_name: 'nowhere',
    delivery_queue_url: `${nowhere}/000000000000/deliveries`,
    dead_letter_queue_url: `${nowhere}/000000000000/dead-letters`,
    express_state_machine_arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:express',
    standard_state_machine_arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:standard',
    ...overrides,
  };
  writeFileSync(join(dataFolder, engineAddressesFile), JSON.stringify(addresses));
}
