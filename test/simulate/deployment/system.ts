import type { Context } from 'aws-lambda';
import type { Row } from '../../../functions/aws/database';
import type { LogFields } from '../../../functions/edge/log/log';
import { nameOfCall } from '../../faults/simulation/name-of-call';
import { ExecutionLost } from '../../faults/simulation/recorder';
import { stepFunctions } from '../../faults/simulation/step-functions';
import { anEvent, readReply, type Answer, type Call } from '../../support/http-calls';
import { ProcessDied } from '../schedule/fault';
import type { Invocation } from '../schedule/invocation';
import type { World } from '../schedule/world';
import { simulatedQueue } from '../services/queue';
import { simulatedReceiver, type Arrival, type Outcome } from '../services/receiver';
import { staleReads } from '../services/stale-reads';
import { simulatedDatabase, type TableCallsDeps, type TableWrite } from '../services/table-calls';
import { memoryTable, type MemoryTable } from '../table/memory-table';
import { wireFunctions, type Functions } from './functions';
import { operate } from './operator';
import { wireStores, type EngineSetting, type Surroundings } from './stores';

type Serve = ReturnType<Functions['restApi']>;
export type Door = 'rest-api' | 'mcp-server';

/** What a schedule is told by its system while it runs. */
export interface Watcher {
  readonly onWrite: (write: TableWrite) => void;
  readonly onTrespass: (what: string) => void;
  readonly onArrival: (arrival: Arrival) => void;
  readonly onLog: (fields: LogFields) => void;
}

/** A request at a door, and the answer; undefined if the connection ended without one. */
export interface Exchange {
  readonly who: string;
  readonly tenantId: string;
  readonly method: string;
  readonly target: string;
  readonly call: Call;
  readonly requestId: string;
  readonly fromStep: number;
  toStep: number;
  answer: Answer | undefined;
  /** Undefined until it begins. */
  by: Invocation | undefined;
}

export type System = ReturnType<typeof newSystem>;

interface Wired {
  readonly functions: Functions;
  readonly database: ReturnType<typeof simulatedDatabase>;
}

const wired: Partial<Record<EngineSetting, Wired>> = {};
let current:
  | (Surroundings & { readonly system: System; readonly watcher: Watcher; readonly tableCalls: TableCallsDeps })
  | undefined;

function theSystem(): NonNullable<typeof current> {
  if (current === undefined) throw new Error('No schedule is under way');
  return current;
}

/** Wires the product once for all schedules of this process: it takes a third of the time of a short one. */
function wireOnce(engineSetting: EngineSetting): Wired {
  return (wired[engineSetting] ??= wire(engineSetting));
}

function wire(engineSetting: EngineSetting): Wired {
  const database = simulatedDatabase(() => theSystem().tableCalls);
  const connect = simulatedReceiver(() => {
    const { system, watcher } = theSystem();
    return { world: system.world, outcomeAt: system.outcomeAt, onArrival: watcher.onArrival };
  });
  const stores = wireStores(database, theSystem, engineSetting);
  return { functions: wireFunctions(database, stores, connect, () => theSystem().system.random()), database };
}

/** A deployment in which one schedule happens. */
export function newSystem(world: World, rows: readonly Row[], watcher: Watcher, engineSetting: EngineSetting = 'auto') {
  const { functions, database } = wireOnce(engineSetting);
  const table: MemoryTable = memoryTable(rows);
  const idle: Record<Door, Serve[]> = { 'rest-api': [], 'mcp-server': [] };
  const outcomes = new Map<string, () => Outcome>();
  const exchanges: Exchange[] = [];
  const segmentInputs = new WeakMap<Invocation, Row>();
  let [mischief, numbers, requests] = [0, 0, 0];

  const machine = stepFunctions({
    schedule: { now: world.now, at: (time, act) => world.plan(time.getTime(), 'execution', () => void act()) },
    runSegment: (input) => runSegment(input),
    startNext: (start) => world.invoke('state machine', undefined, () => world.call('StartExecution', start, 1)),
    onInterrupted: async (_status, input) => {
      const begin = () => void invokeQuietly('recover-runs', undefined, () => functions.recoverInterrupted(input));
      world.plan(world.nowMs(), 'an interrupted execution is reported', begin);
    },
  });
  const queue = simulatedQueue({
    world,
    mischief: () => mischief,
    deliver: async (Records) => {
      const tenantIds = Records.map(({ body }) => String(JSON.parse(body).tenant_id));
      const { batchItemFailures } = await world.invoke('deliver-webhook', tenantIds, () =>
        functions.deliver({ Records }),
      );
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  });

  /** Step Functions calls a segment once, sometimes twice, and sometimes an execution is lost. */
  async function runSegment(input: any): Promise<unknown> {
    const invoke = () =>
      world.invoke('run-segment', [input.tenant_id], (by) => {
        segmentInputs.set(by, input);
        return functions.runSegment(input);
      });
    const trick = world.choices.rarely(mischief, 3);
    if (trick === 1) {
      world.note('fault', 'Step Functions', `calls the segment of run ${input.run_id} twice`);
      void invoke().catch(ignore);
    }
    if (trick === 2) {
      world.note('fault', 'Step Functions', `loses the execution of run ${input.run_id}`);
      throw new ExecutionLost();
    }
    const output = await invoke();
    if (trick !== 3) return output;
    world.note('fault', 'Step Functions', `loses what the segment of run ${input.run_id} returned`);
    throw new ProcessDied();
  }

  /** Invokes a function that nobody waits for. Its effects show in the table. */
  async function invokeQuietly(name: Parameters<World['invoke']>[0], tenants: undefined, act: () => Promise<unknown>) {
    await world.invoke(name, tenants, act).catch(ignore);
  }

  async function request(door: Door, who: string, tenantId: string, method: string, target: string, call: Call = {}) {
    const requestId = `request-${(requests += 1)}`;
    const exchange: Exchange = {
      who,
      tenantId,
      method,
      target,
      call,
      requestId,
      fromStep: world.step(),
      toStep: 0,
      answer: undefined,
      by: undefined,
    };
    exchanges.push(exchange);
    const serve = idle[door].pop() ?? (door === 'rest-api' ? functions.restApi() : functions.mcp());
    const event = anEvent(method, target, call, requestId);
    world.note('act', who, `${method} ${target}`);
    const invoked = world.invoke(door, [tenantId], (by) => {
      exchange.by = by;
      return serve(event, {} as Context);
    });
    exchange.answer = await invoked.then(readReply, () => undefined);
    exchange.toStep = world.step();
    if (exchange.answer !== undefined) idle[door].push(serve);
    world.note('act', who, `gets ${exchange.answer?.status ?? 'no answer'}${codeOf(exchange.answer)}`);
    return exchange;
  }

  const system = {
    world,
    table,
    stale: staleReads(world, table),
    machine,
    queue,
    exchanges,
    request,
    outcomeAt: (path: string): Outcome => outcomes.get(path)?.() ?? 200,
    /** Decides what the receiver at a path answers from now on. */
    answerWith: (path: string, outcome: () => Outcome) => void outcomes.set(path, outcome),
    /** From now on every receiver accepts. */
    repairReceivers: () => {
      outcomes.clear();
    },
    /** With what a segment was called; undefined for other functions. */
    segmentInputOf: (by: Invocation) => segmentInputs.get(by),
    random: () => world.choices.among(5) / 5,
    /** How often Step Functions, the queue and eventually consistent reads do what they may do and mostly do not. */
    mischief: () => mischief,
    setMischief: (share: number) => void (mischief = share),
    recover: () => invokeQuietly('recover-runs', undefined, functions.recover),
    reconcile: () => invokeQuietly('reconcile-runs', undefined, functions.reconcile),
    /** An Express execution that was started once may be performed twice, each time from the beginning. */
    doubleExecutions: () => {
      const running = machine.executions.filter((one) => one.machine === 'express' && one.status === 'RUNNING');
      for (const { name, input } of running) machine.start('express', name, input);
    },
    loseExecutions: async () => {
      for (const execution of machine.executions) if (execution.status === 'RUNNING') await machine.lose(execution);
    },
    operate: async (tenantId: string, ...args: string[]): Promise<unknown> => {
      world.note('act', 'the operator', args.join(' '));
      return world.invoke('operator', [tenantId], () => operate(database, world.now, args)).catch(ignore);
    },
  };
  current = {
    system,
    watcher,
    tableCalls: {
      world,
      table,
      stale: system.stale,
      mischief: system.mischief,
      onWrite: watcher.onWrite,
      onTrespass: (by, call, pk) =>
        watcher.onTrespass(`${by.functionName} for ${String(by.tenantIds)}: ${call} in ${pk}`),
    },
    now: world.now,
    sleep: world.sleep,
    nextNumber: () => (numbers += 1),
    log: (_level, fields) => watcher.onLog(fields),
    startOrStop: (command) => {
      const name = nameOfCall(command);
      return world.call(name, () => machine.handle(command), 2);
    },
    send: (command) => world.call('SendMessageBatch', () => queue.handle(command), 3),
  };
  return system;
}

function ignore(): undefined {
  return undefined;
}

function codeOf(answer: Answer | undefined): string {
  const code: unknown = answer?.body?.code;
  return typeof code === 'string' ? ` ${code}` : '';
}
