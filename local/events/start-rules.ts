import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Functions } from '../lambda/functions';
import type { InvokeFunction } from '../lambda/invoke';
import type { Execution } from '../machine/execution';
import type { LocalDeployment } from '../template/identities';
import type { Stack, StackResource } from '../template/stack';
import { matchesPattern } from './match-pattern';
import { readSchedule, type Schedule } from './schedule';

const rulePropertiesSchema = z.object({
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  ScheduleExpression: z.optional(z.string()),
  EventPattern: z.optional(z.record(z.string(), z.unknown())),
  Targets: z.array(
    z.object({
      Arn: z.string(),
      Input: z.optional(z.string()),
      // These are errors, because ignoring them would change what the function receives.
      InputPath: z.optional(z.never()),
      InputTransformer: z.optional(z.never()),
    }),
  ),
});

interface Rule {
  readonly pattern: unknown;
  readonly schedule: Schedule | undefined;
  readonly send: (event: unknown) => void;
}

export interface Rules {
  readonly onStatusChange: (execution: Execution) => void;
  /** Starts the schedules. Rules with an event pattern are active from the beginning. */
  readonly startSchedules: () => void;
  readonly stop: () => void;
}

/** Emulates EventBridge: the stack's schedules, and its rules for the status of Standard executions. */
export function startRules(stack: Stack, deployment: LocalDeployment, functions: Functions): Rules {
  const rules = stack.resources('AWS::Events::Rule').flatMap((resource) => readRule(resource, functions));
  const timers = new Map<Rule, NodeJS.Timeout>();
  let stopped = false;

  return {
    onStatusChange(execution) {
      if (stopped) return;
      const event = statusChange(execution, deployment);
      for (const { pattern, send } of rules) if (pattern !== undefined && matchesPattern(pattern, event)) send(event);
    },
    startSchedules() {
      for (const rule of rules) waitForNext(rule, Date.now());
    },
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };

  function waitForNext(rule: Rule, afterMs: number): void {
    if (rule.schedule === undefined) return;
    const dueMs = afterMs + rule.schedule(afterMs);
    const timer = setTimeout(() => {
      rule.send(scheduled(deployment));
      // A timer may end a little early, and the same event must not be due again then.
      waitForNext(rule, Math.max(dueMs, Date.now()));
    }, dueMs - Date.now());
    timers.set(rule, timer);
  }
}

function readRule({ read }: StackResource, functions: Functions): Rule[] {
  const { State, ScheduleExpression, EventPattern, Targets } = read(rulePropertiesSchema);
  if (State === 'DISABLED') return [];
  // One call now, so that an unknown matcher fails the start of the local run instead of a later event.
  if (EventPattern) matchesPattern(EventPattern, {});
  return Targets.map(({ Arn, Input }) => ({
    pattern: EventPattern,
    schedule: ScheduleExpression === undefined ? undefined : readSchedule(ScheduleExpression),
    send: sender(functions.named(Arn), Input),
  }));
}

/** Does not retry a failed call, as EventBridge would, because the product does not rely on events. */
function sender(invoke: InvokeFunction, input: string | undefined): (event: unknown) => void {
  return (event) => void invoke(input === undefined ? event : JSON.parse(input));
}

function scheduled(deployment: LocalDeployment) {
  return { ...envelope(deployment), 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [], detail: {} };
}

/** docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
function statusChange({ arn, machineArn, name, input, startedAtMs, end }: Execution, deployment: LocalDeployment) {
  return {
    ...envelope(deployment),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: machineArn,
      name,
      status: end?.status ?? 'RUNNING',
      startDate: startedAtMs,
      stopDate: end?.stoppedAtMs ?? null,
      input,
      inputDetails: { included: true },
      output: end?.output ?? null,
      outputDetails: end?.output === undefined ? null : { included: true },
      error: end?.error ?? null,
      cause: end?.cause ?? null,
    },
  };
}

function envelope({ accountId, region }: LocalDeployment) {
  return { version: '0', id: randomUUID(), account: accountId, region, time: new Date().toISOString() };
}
