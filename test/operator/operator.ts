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

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Call {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What happens elsewhere while a command waits. */
  readonly meanwhile?: (() => Promise<void>) | undefined;
}

/** The command line, called in this process. @returns what it wrote and its exit code */
export async function operate(
  args: readonly string[],
  { input = '', env = {}, meanwhile }: Call = {},
): Promise<Called> {
  let [out, err] = ['', ''];
  const code = await runOperator(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    columns: 120,
    readInput: async () => input,
    env,
    // Later each time, so that what one call wrote is older than what the next did.
    now: () => new Date(noon.getTime() + (calls += 1)),
    sleep: async () => {
      if (meanwhile === undefined) throw new Error('A command waits, and nothing happens meanwhile');
      await meanwhile();
    },
  });
  return { code, out, err };
}

let calls = 0;

/** A folder as the local run leaves it, naming a table of its own. Nothing listens where the queues should be. */
export async function startLocalTable(queues: Partial<EngineAddresses> = {}) {
  const database = await startTable();
  const dataFolder = mkdtempSync(join(tmpdir(), 'operator-'));
  writeEngines(dataFolder, { dynamodb_url: database.endpoint, table_name: database.tableName, ...queues });
  const env = { LOCAL_DATA_DIR: dataFolder, OPERATOR_NAME: 'Olga' };

  const local = (...args: string[]) => operate(['--local', ...args], { env });
  return {
    database,
    dataFolder,
    env,
    /** `--local` with these arguments. */
    local,
    localWith: (call: Call, ...args: string[]) =>
      operate(['--local', ...args], { ...call, env: { ...env, ...call.env } }),
    /** The same with `--json`, which must succeed and write nothing but JSON. */
    json: async (...args: string[]): Promise<any> => {
      const { code, out, err } = await local(...args, '--json');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out);
    },
    tenant: async (overrides: Partial<Tenant> = {}): Promise<string> => {
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

export type LocalTable = Awaited<ReturnType<typeof startLocalTable>>;

let tenants = 0;

/** Port 9 is "discard": nothing of ours answers there. */
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
