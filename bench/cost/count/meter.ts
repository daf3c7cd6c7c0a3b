import type { Database, Row } from '../../../functions/aws/database';
import type { FunctionName } from '../../../functions/contract/functions';
import type { Engine } from '../../../test/faults/simulation/engine';
import { nameOfCall } from '../../../test/faults/simulation/name-of-call';
import { currentInvocation, type Invocation } from '../../../test/faults/simulation/recorder';
import type { Command } from '../../../test/faults/simulation/sdk-command';
import { interceptClient, interceptDatabase } from '../../../test/support/requests';
import { charge } from '../charge';
import { fieldsOf } from '../fields-of';
import { model } from '../model';
import type { WriteUnits } from '../units';

/** One request to AWS, as it is billed. */
export interface Billed {
  readonly of: FunctionName;
  /** `Update run`, `SendMessageBatch`. */
  readonly call: string;
  readonly service: 'dynamodb' | 'sqs' | 'stepFunctions';
  readonly reads: number;
  readonly writes: WriteUnits;
}

/** Bills every request of the functions on `engine`. What happens outside of them, such as seeding, is free. */
export function newMeter(engine: Engine) {
  const bill: Billed[] = [];
  const times = new Map<Invocation, { inFlight: number; ms: number; waveMs: number }>();

  /** Calls made at once take the time of the longest. */
  async function timed<Answer>(invocation: Invocation, ms: number, send: () => Promise<Answer>): Promise<Answer> {
    const time = times.get(invocation) ?? { inFlight: 0, ms: model.ownMs, waveMs: 0 };
    times.set(invocation, time);
    if (time.inFlight === 0) time.waveMs = 0;
    time.ms += Math.max(0, ms - time.waveMs);
    time.waveMs = Math.max(time.waveMs, ms);
    time.inFlight += 1;
    try {
      return await send();
    } finally {
      time.inFlight -= 1;
    }
  }

  function onTable(plain: Database): Database {
    return interceptDatabase(plain, async (command, send): Promise<unknown> => {
      const invocation = currentInvocation();
      if (invocation === undefined) return send();
      return timed(invocation, model.dynamodbMs, async () => {
        steadyDurations(command);
        const { outcome, reads, writes } = await charge(plain, command, send);
        bill.push({ of: invocation.functionName, call: nameOfCall(command), service: 'dynamodb', reads, writes });
        if (outcome.status === 'rejected') throw outcome.reason;
        return outcome.value;
      });
    });
  }

  function onService(service: 'sqs' | 'stepFunctions', ms: number) {
    return async (command: Command, send: () => Promise<unknown>): Promise<unknown> => {
      const invocation = currentInvocation();
      if (invocation === undefined) return send();
      bill.push({
        of: invocation.functionName,
        call: nameOfCall(command),
        service,
        reads: 0,
        writes: { table: 0, index: 0, open: 0 },
      });
      return timed(invocation, ms, send);
    };
  }

  return {
    bill,
    engine: {
      ...engine,
      sqs: interceptClient(engine.sqs, onService('sqs', model.sqsMs)),
      sfn: interceptClient(engine.sfn, onService('stepFunctions', model.stepFunctionsMs)),
      newTable: async (rows: readonly Row[]) => onTable(await engine.newTable(rows)),
    },
    /** How long each invocation waited for AWS and took itself, receivers apart. */
    invocations: () => [...times].map(([{ functionName: of }, { ms }]) => ({ of, ms })),
    /** Forgets what came before. */
    reset: () => {
      bill.length = 0;
      times.clear();
    },
  };
}

/** An attempt is stored with the real time it took here: a digit more or less could cross a unit. */
function steadyDurations({ input }: Command): void {
  const attempts = fieldsOf(fieldsOf(input)['ExpressionAttributeValues'])[':attempts'];
  if (!Array.isArray(attempts)) return;
  for (const attempt of attempts) if (isTimed(attempt)) attempt.duration_ms = model.receiverMs;
}

function isTimed(attempt: unknown): attempt is { duration_ms: number } {
  return typeof attempt === 'object' && attempt !== null && 'duration_ms' in attempt;
}
