import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Functions } from '../lambda/functions';
import type { InvokeFunction } from '../lambda/invoke';
import type { Execution } from '../machine/execution';
import type { LocalPlace } from '../template/identities';
import type { Stack, StackResource } from '../template/stack';
import { matchesPattern } from './match-pattern';

const rulePropertiesSchema = z.object({
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  ScheduleExpression: z.optional(z.string()),
  EventPattern: z.optional(z.record(z.string(), z.unknown())),
  Targets: z.array(
    z.object({
      Arn: z.string(),
      Input: z.optional(z.string()),
      // Refused rather than ignored: they would change what the function receives.
      InputPath: z.optional(z.never()),
      InputTransformer: z.optional(z.never()),
    }),
  ),
});

interface Rule {
  readonly pattern: unknown;
  readonly everyMs: number | undefined;
  readonly send: (event: unknown) => void;
}

export interface Rules {
  readonly onStatusChange: (execution: Execution) => void;
  /** Schedules begin to run; before this only patterns do. */
  readonly startSchedules: () => void;
  readonly stop: () => void;
}

/** EventBridge: the stack's schedules, and its rules on the status of Standard executions. */
export function startRules(stack: Stack, place: LocalPlace, functions: Functions): Rules {
  const rules = stack.resources('AWS::Events::Rule').flatMap((resource) => readRule(resource, functions));
  const timers: NodeJS.Timeout[] = [];
  let stopped = false;

  return {
    onStatusChange(execution) {
      if (stopped) return;
      const event = statusChange(execution, place);
      for (const { pattern, send } of rules) if (pattern !== undefined && matchesPattern(pattern, event)) send(event);
    },
    startSchedules() {
      for (const { everyMs, send } of rules) {
        if (everyMs !== undefined) timers.push(setInterval(() => send(scheduled(place)), everyMs));
      }
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function readRule({ logicalId, read }: StackResource, functions: Functions): Rule[] {
  const { State, ScheduleExpression, EventPattern, Targets } = read(rulePropertiesSchema);
  if (State === 'DISABLED') return [];
  // Once now, so that a matcher nobody understands stops the start and not a run.
  if (EventPattern) matchesPattern(EventPattern, {});
  return Targets.map(({ Arn, Input }) => ({
    pattern: EventPattern,
    everyMs: ScheduleExpression === undefined ? undefined : rateMs(logicalId, ScheduleExpression),
    send: sender(functions.named(Arn), Input),
  }));
}

/** Not tried again when it fails, other than EventBridge would: the product relies on no event. */
function sender(invoke: InvokeFunction, input: string | undefined): (event: unknown) => void {
  return (event) => void invoke(input === undefined ? event : JSON.parse(input));
}

function rateMs(logicalId: string, expression: string): number {
  const [, amount, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (amount === undefined)
    throw new Error(`The rule ${logicalId} runs at ${expression}; the local run knows rate(…) only.`);
  const unitMs = unit === 'minute' ? 60_000 : unit === 'hour' ? 3_600_000 : 86_400_000;
  return Number(amount) * unitMs;
}

function scheduled(place: LocalPlace) {
  return { ...envelope(place), 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [], detail: {} };
}

/** docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
function statusChange({ arn, machineArn, name, input, startedAtMs, end }: Execution, place: LocalPlace) {
  return {
    ...envelope(place),
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

function envelope({ accountId, region }: LocalPlace) {
  return { version: '0', id: randomUUID(), account: accountId, region, time: new Date().toISOString() };
}
