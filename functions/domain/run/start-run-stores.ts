import type { DailyCapState, Fault } from '../errors';
import type { Claim, Claims } from '../idempotency';
import type { Channel } from '../tenant/plan';
import type { Tenant } from '../tenant/tenant';
import type { Workflow } from '../workflow/workflow';
import type { Run } from './run';
import type { StoredRun } from './stored-run';

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

/** A request to start a run, from any door, by a caller whose scope or permission was checked. */
export interface StartRunCommand {
  readonly tenantId: string;
  readonly channel: Channel;
  /** Who, as the run will show it. */
  readonly actorName: string;
  readonly requestId: string;
  /** Of the request's hop: the run and its webhooks go on with its trace. */
  readonly traceparent: string;
  readonly idempotencyKey: string | undefined;
  /** What the door found wrong with the request; refused in its place among the checks. */
  readonly faults: readonly Fault[];
  readonly start:
    | { readonly operation: 'trigger'; readonly workflowId: number; readonly input: unknown }
    | { readonly operation: 'rerun'; readonly runId: number; readonly version: 'same' | 'current' };
}

export interface StartedRun {
  readonly run: Run;
  readonly input: string;
  /** True when this request was answered before under its Idempotency-Key: nothing new was started. */
  readonly replayed: boolean;
  /** Null when the tenant has no cap. */
  readonly dailyCap: DailyCapState | null;
}

export interface StartRunDeps extends StartRunStores {
  /** `standard` sends every run to that machine; `auto` chooses by total delay. */
  readonly engineSetting: 'auto' | 'standard';
  /** Total delay, seconds, from which a run needs the Standard machine. */
  readonly standardFromDelaySeconds: number;
  readonly supportEmail: string;
  readonly now: () => Date;
  readonly newUid: () => string;
  /** Told when an accepted run could not be started yet; recovery starts it. */
  readonly onStartDeferred: (tenantId: string, run: Run, error: unknown) => void;
}
