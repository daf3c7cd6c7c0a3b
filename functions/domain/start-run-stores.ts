import type { Claim, Claims } from './idempotency';
import type { Run } from './run';
import type { Tenant } from './tenant';
import type { Workflow } from './workflow';

type StoredRun = Run & { readonly input?: string | undefined };

/** What `startRun` needs to be handed; `aws` implements it. Tenant first, always. */
export interface StartRunStores {
  readonly admission: {
    /** Tenant, subject and idempotency claim in one consistent read. */
    read(
      tenantId: string,
      subject: { readonly workflowId: number } | { readonly runId: number },
      keyHash?: string,
    ): Promise<{
      tenant: Tenant | undefined;
      workflow: Workflow | undefined;
      run: StoredRun | undefined;
      claim: Claim | undefined;
    }>;
    /** Gates plan and cap, counts, and takes the run's number in one conditional write; undefined when refused. */
    count(tenantId: string, day: string, now: Date): Promise<{ runId: number; used: number } | undefined>;
    /** Gives a number back; false when its run exists after all. */
    refund(tenantId: string, runId: number, day: string): Promise<boolean>;
  };
  readonly tenants: { get(tenantId: string): Promise<Tenant | undefined> };
  readonly workflows: { get(tenantId: string, workflowId: number): Promise<Workflow | undefined> };
  readonly runs: {
    get(tenantId: string, runId: number): Promise<StoredRun | undefined>;
    inputOf(tenantId: string, run: StoredRun): Promise<string>;
    put(
      tenantId: string,
      row: { run: Run; input: string; dueAt: string; keyHash: string | undefined },
    ): Promise<boolean>;
    findByKey(tenantId: string, keyHash: string, newerThan: number): Promise<StoredRun | undefined>;
  };
  readonly claims: Claims;
  readonly executions: { start(tenantId: string, run: Run): Promise<void> };
}
