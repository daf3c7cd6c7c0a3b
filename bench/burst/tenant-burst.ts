import { functionLimits, recoveryEveryMinutes } from '../../functions/contract/functions';
import type { SegmentInput } from '../../functions/contract/machine';
import { invocationThrottled } from '../../functions/contract/throttling';
import { addSeconds } from '../../functions/domain/day';
import { stepEventId } from '../../functions/domain/delivery/ids';
import { isTerminal } from '../../functions/domain/run-status';
import { runDeadline } from '../../functions/domain/run/run';
import { executionInput, type ExecutedRun } from '../../functions/domain/run/execution';
import type { StoredRun } from '../../functions/domain/run/stored-run';
import { recoveryLeaseSeconds, startDueSeconds } from '../../functions/domain/timetable';
import { usualPerSecond } from '../../functions/domain/endpoint/rate';
import { recoverRun } from '../../functions/recover-runs/recover-run';
import { openSegment } from '../../functions/run-segment/open-segment';
import { runSegment } from '../../functions/run-segment/run-segment';
import { aRun, aWebhookStep, noon } from '../../test/support/builders';
import { expressExecution } from '../../test/support/express-execution';
import { throttlingPartition } from '../../test/support/throttling-partition';
import { virtualTime } from '../../test/support/virtual-time';
import { seededRandom } from '../scale/random';
import { burstEvents, burstRuns } from './burst-tables';

export interface Burst {
  readonly runs: number;
  readonly steps: number;
  readonly endpoints: number;
  /** Write units a second that the partition of deliveries has for storing them. */
  readonly unitsPerSecond: number;
  /** Calls of `run-segment` that Lambda allows at once. */
  readonly concurrency: number;
}

export interface BurstFigures {
  readonly succeeded: number;
  readonly failed: number;
  readonly medianEndMinutes: number;
  readonly lastEndMinutes: number;
  readonly deliveries: number;
  /** Write units that were used for each one that was needed. */
  readonly unitsForEach: number;
  readonly mostRestarts: number;
  readonly mostCalls: number;
  readonly lambdaHours: number;
}

const tenantId = 'acme';
const tokensPerSecond = 200;

/**
 * Models a burst of one tenant with the product's own code for segments, restarts and the machine's retriers, on a
 * clock of its own. The table is a partition that accepts a number of write units a second, without the burst capacity
 * that DynamoDB may add. Only the deliveries' rows are modelled, not their attempts.
 */
export async function tenantBurst(burst: Burst): Promise<BurstFigures> {
  const time = virtualTime(noon.getTime());
  const random = seededRandom(1);
  const partition = throttlingPartition(time, burst.unitsPerSecond, random);
  const events = burstEvents(partition);
  const rows = new Map<number, StoredRun>();
  const steps = Array.from({ length: burst.steps }, () => aWebhookStep());
  const tables = burstRuns({ steps }, rows);
  const calls = { underWay: 0, most: 0, ms: 0 };
  const subscriptions = Array.from({ length: burst.endpoints }, (_, n) => ({
    id: `ep_${String(n).padStart(10, '0')}`,
    url: 'https://hooks.example.com/in',
    events: ['*'],
    body: 'envelope' as const,
    status: 'active' as const,
    max_per_second: usualPerSecond,
  }));
  const stores = {
    ...tables,
    ...events.deps,
    endpoints: { subscriptions: () => Promise.resolve(subscriptions) },
    queue: { send: () => Promise.resolve() },
    now: time.now,
    log: () => undefined,
  };

  async function segment(input: SegmentInput) {
    if (calls.underWay >= burst.concurrency) throw Object.assign(new Error('429'), { name: invocationThrottled });
    calls.underWay += 1;
    calls.most = Math.max(calls.most, calls.underWay);
    const beganMs = time.nowMs();
    const endsMs = beganMs + functionLimits['run-segment'].timeoutSeconds * 1000;
    const call = { beganMs, endsMs, nowMs: time.nowMs, sleep: time.sleep, random };
    try {
      const output = await runSegment(openSegment(stores, call), input);
      if (output.next !== 'delay') events.forget(steps.map((_, index) => stepEventId(input.uid, index)));
      return output;
    } finally {
      calls.underWay -= 1;
      calls.ms += time.nowMs() - beganMs;
    }
  }
  const executions = {
    start: (_tenantId: string, run: ExecutedRun): Promise<void> => {
      void expressExecution(time, random, segment, executionInput(tenantId, run, time.now()));
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  };
  const recovery = {
    ...stores,
    executions,
    audit: { append: () => Promise.resolve() },
    announceRunEnd: () => Promise.resolve(),
  };

  for (let id = 1; id <= burst.runs; id += 1) {
    const row = newRow(id, burst.steps, time.now());
    rows.set(id, row);
    await executions.start(tenantId, row);
    await time.run(noon.getTime() + (id * 1000) / tokensPerSecond);
  }
  const isOpen = () => [...rows.values()].some(({ status }) => !isTerminal(status));
  for (let minute = 1; isOpen(); minute += recoveryEveryMinutes) {
    await time.run(noon.getTime() + minute * 60_000);
    for (const row of rows.values()) {
      if (isTerminal(row.status) || row.due_at === undefined || row.due_at > time.now().toISOString()) continue;
      rows.set(row.id, { ...row, due_at: addSeconds(time.now(), recoveryLeaseSeconds).toISOString() });
      await recoverRun(recovery, tenantId, row.id);
    }
  }
  return figuresOf([...rows.values()], burst, {
    deliveries: events.stored(),
    units: partition.figures.written,
    mostCalls: calls.most,
    lambdaHours: calls.ms / 3_600_000,
  });
}

function newRow(id: number, steps: number, now: Date): StoredRun {
  return {
    ...aRun({
      id,
      uid: `run_${String(id).padStart(26, '0')}`,
      steps_total: steps,
      total_delay_seconds: 0,
      created_at: now.toISOString(),
      deadline_at: runDeadline(now, 0).toISOString(),
    }),
    trail: [],
    due_at: addSeconds(now, startDueSeconds).toISOString(),
  };
}

function figuresOf(
  rows: readonly StoredRun[],
  burst: Burst,
  { deliveries, units, ...calls }: { deliveries: number; units: number; mostCalls: number; lambdaHours: number },
): BurstFigures {
  const succeeded = rows.filter(({ status }) => status === 'succeeded');
  const minutes = rows
    .map(({ finished_at: at }) => (Date.parse(at ?? '') - noon.getTime()) / 60_000)
    .sort((a, b) => a - b);
  return {
    succeeded: succeeded.length,
    failed: rows.length - succeeded.length,
    medianEndMinutes: minutes[minutes.length >> 1] ?? 0,
    lastEndMinutes: minutes.at(-1) ?? 0,
    deliveries,
    unitsForEach: units / (burst.runs * burst.steps * burst.endpoints),
    mostRestarts: Math.max(...rows.map(({ restarts }) => restarts)),
    ...calls,
  };
}
