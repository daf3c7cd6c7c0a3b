import type { FunctionName } from '../../functions/contract/functions';
import type { ObservedRun } from './count/observe-run';
import type { ObservedRuns } from './count/observe-runs';
import type { AwsCall } from './count/recorder';
import type { HopName } from './hops';

/** What happens at the same time on a path: AWS calls that do not wait for each other, or a hop without a call of ours. */
export interface Wave {
  /** Names of the calls; none for a hop that is no call of a function. */
  readonly calls: readonly string[];
  /** The next wave begins after the longest of these. */
  readonly hops: readonly HopName[];
}

/** What happens one after the other between two moments that users can see. */
export interface Path {
  readonly name: string;
  readonly waves: readonly Wave[];
}

const http = hop('http');
const usualHops: Record<AwsCall['service'], HopName> = {
  dynamodb: 'dynamodb',
  sqs: 'sendToFunction',
  stepFunctions: 'startExecution',
};

/** The paths of the latency bill. */
export function pathsOf({ hook, hookWithKey, page }: ObservedRuns): Path[] {
  const written = hook.calls.filter(({ call }) => call === 'Update run').at(-1)?.wave ?? 0;
  return [
    { name: 'trigger → 202', waves: [http, ...toAnswer(hook)] },
    { name: 'trigger with an Idempotency-Key → 202', waves: [http, ...toAnswer(hookWithKey)] },
    {
      name: '202 → first step performed',
      waves: [hop('startToFunction'), ...waves(of(hook, 'run-segment'), 0, hook.steps[0] ?? 0)],
    },
    { name: 'trigger → webhook', waves: [http, ...toAnswer(hook, 'startToFunction'), ...toWebhook(hook, 0)] },
    { name: 'end of a delay → webhook', waves: [hop('waitToFunction'), ...toWebhook(page, firstAfterWait(page))] },
    {
      name: 'last step performed → run read as ended',
      waves: [...waves(hook.calls, written, written), http, ...waves(hook.calls, hook.read.from, hook.read.to)],
    },
  ];
}

/** The calls of the request. @param start what follows the start of the execution: its answer, or its first function */
function toAnswer(run: ObservedRun, start: HopName = 'startExecution'): Wave[] {
  return waves(of(run, 'rest-api'), 0, run.accepted, { stepFunctions: start });
}

/** From the segment whose first wave is `from`, or from the first one, to the request at the receiver. */
function toWebhook(run: ObservedRun, from: number): Wave[] {
  const segment = of(run, 'run-segment');
  const sent = segment.find(({ service }) => service === 'sqs')?.wave ?? 0;
  return [...waves(segment, from, sent), ...waves(of(run, 'deliver-webhook'), 0, run.webhook ?? 0), hop('request')];
}

function of({ calls }: ObservedRun, name: FunctionName): readonly AwsCall[] {
  return calls.filter((call) => call.of === name);
}

function hop(name: HopName): Wave {
  return { calls: [], hops: [name] };
}

/** The calls from one wave to another, each wave with the hops that its calls are. */
function waves(calls: readonly AwsCall[], from: number, to: number, changes: Partial<typeof usualHops> = {}): Wave[] {
  const hopOf = { ...usualHops, ...changes };
  const within = calls.filter(({ wave }) => wave >= from && wave <= to);
  const numbers = [...new Set(within.map(({ wave }) => wave))].sort((a, b) => a - b);
  return numbers.map((number) => {
    const together = within.filter(({ wave }) => wave === number);
    return {
      calls: together.map(({ call }) => call).sort(),
      hops: [...new Set(together.map(({ service }) => hopOf[service]))],
    };
  });
}

/** The first wave of the segment after the delay: the one before it ends with the first write of the run. */
function firstAfterWait({ calls }: ObservedRun): number {
  return (calls.find(({ call }) => call === 'Update run')?.wave ?? 0) + 1;
}
