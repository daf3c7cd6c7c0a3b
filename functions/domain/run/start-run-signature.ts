import type { DailyCapState, Fault } from '../errors';
import type { Claim, Claims } from '../idempotency';
import type { Channel } from '../tenant/plan';
import type { Tenant } from '../tenant/tenant';
import type { Workflow } from '../workflow/workflow';
import type { Run } from './run';
import type { StoredRun } from './stored-run';

/** The stores that `startRun` needs; `aws` implements them. The tenant is always the first argument. */
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
    /** Refunds a run number; false if its run exists after all. */
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

/** A request to start a run, over any channel. The caller's scope or permission has been checked. */
export interface StartRunCommand {
  readonly tenantId: string;
  readonly channel: Channel;
  /** The name of the caller, as the run will show it. */
  readonly actorName: string;
  readonly requestId: string;
  /** The trace context of the request; the run and its webhooks continue the trace. */
  readonly traceparent: string;
  readonly idempotencyKey: string | undefined;
  /** Faults found when the request was parsed. They are refused in their place in the order of checks. */
  readonly faults: readonly Fault[];
  readonly start:
    | {
        readonly operation: 'trigger';
        readonly workflowId: number;
        readonly input: unknown;
        /** The place of the input in the request, `input` if absent. */
        readonly inputAt?: readonly string[];
      }
    | { readonly operation: 'rerun'; readonly runId: number; readonly version: 'same' | 'current' };
}

export interface StartedRun {
  readonly run: Run;
  readonly input: string;
  /** True if this request was already answered under its Idempotency-Key, so that nothing new was started. */
  readonly replayed: boolean;
  /** Null if the tenant has no cap. */
  readonly dailyCap: DailyCapState | null;
}

export interface StartRunDeps extends StartRunStores {
  /** `standard` sends every run to the Standard machine, `auto` to Express. */
  readonly engineSetting: 'auto' | 'standard';
  readonly supportEmail: string;
  readonly now: () => Date;
  readonly newUid: () => string;
  /** Called if an accepted run could not be started yet; recovery starts it. */
  readonly onStartDeferred: (tenantId: string, run: Run, error: unknown) => void;
}
