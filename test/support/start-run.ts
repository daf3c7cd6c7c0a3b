import { ulid } from 'ulid';
import type { Database } from '../../functions/aws/database';
import { openStartRunStores } from '../../functions/aws/open-stores';
import type { Run } from '../../functions/domain/run/run';
import type { StartRunCommand, StartRunDeps } from '../../functions/domain/run/start-run-signature';
import { noon } from './builders';

/** A clock that moves only when a test sets or advances it. */
export interface TestClock {
  readonly now: () => Date;
  readonly set: (at: Date | string) => void;
  readonly advance: (seconds: number) => void;
}

export function testClock(start: Date | string = noon): TestClock {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    set: (to) => (at = new Date(to)),
    advance: (seconds) => (at = new Date(at.getTime() + seconds * 1000)),
  };
}

type Started = Pick<Run, 'id' | 'uid' | 'engine' | 'cursor'>;

/** Records which executions were started and stopped. While `state.refuse` is set, starting one throws it. */
export function recordedExecutions() {
  const started: { tenantId: string; run: Started; restart: number }[] = [];
  const stopped: string[] = [];
  const state: { refuse?: Error | undefined } = {};
  return {
    started,
    stopped,
    state,
    start: async (tenantId: string, run: Started, restart = 0) => {
      if (state.refuse) throw state.refuse;
      started.push({ tenantId, run, restart });
    },
    stop: async ({ uid }: Pick<Run, 'uid'>) => void stopped.push(uid),
  };
}

/** The dependencies of `startRun`: real stores on `database`, a test clock and recorded executions. */
export function startRunDeps(database: Database, clock: TestClock, executions = recordedExecutions()) {
  const deferred: string[] = [];
  const deps: StartRunDeps = {
    ...openStartRunStores(database),
    executions,
    engineSetting: 'auto',
    supportEmail: 'support@acme.example',
    now: clock.now,
    newUid: () => `run_${ulid(clock.now().getTime())}`,
    onStartDeferred: (_tenantId, run) => void deferred.push(run.uid),
  };
  return { deps, executions, deferred };
}

/** A command that triggers workflow 1 over REST. */
export function aTrigger(tenantId: string, overrides: Partial<StartRunCommand> = {}): StartRunCommand {
  return {
    tenantId,
    channel: 'rest_api',
    actorName: 'CI token',
    requestId: 'request-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    idempotencyKey: undefined,
    faults: [],
    start: { operation: 'trigger', workflowId: 1, input: { campaign: 'Spring Promo' } },
    ...overrides,
  };
}
