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

/** One billed request to AWS. */
export interface Billed {
  /** The function that sent the request. */
  readonly of: FunctionName;
  /** Name of the request, such as `Update run` or `SendMessageBatch`. */
  readonly call: string;
  readonly service: 'dynamodb' | 'sqs' | 'stepFunctions';
  readonly reads: number;
  readonly writes: WriteUnits;
}

/** Counts every request that a function sends to `engine`. Requests outside of functions, such as seeding, are free. */
export function newMeter(engine: Engine) {
  const bill: Billed[] = [];
  const times = new Map<Invocation, { inFlight: number; ms: number; waveMs: number }>();

  /** Adds up the time of requests. Concurrent requests take as long as the longest of them. */
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

  function onTable(uncounted: Database): Database {
    return interceptDatabase(uncounted, async (command, send): Promise<unknown> => {
      const invocation = currentInvocation();
      if (invocation === undefined) return send();
      return timed(invocation, model.dynamodbMs, async () => {
        fixDurations(command);
        const { outcome, reads, writes } = await charge(uncounted, command, send);
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
    /** Time of each invocation: its requests to AWS and its own code, but not the receivers. */
    invocations: () => [...times].map(([{ functionName: of }, { ms }]) => ({ of, ms })),
    /** Discards everything counted so far. */
    reset: () => {
      bill.length = 0;
      times.clear();
    },
  };
}

/**
 * Replaces the measured duration of stored attempts by the model's. Otherwise the number of its digits, and with it the
 * size of the row in units, could differ from run to run.
 */
function fixDurations({ input }: Command): void {
  const attempts = fieldsOf(fieldsOf(input)['ExpressionAttributeValues'])[':attempts'];
  if (!Array.isArray(attempts)) return;
  for (const attempt of attempts) if (isTimed(attempt)) attempt.duration_ms = model.receiverMs;
}

function isTimed(attempt: unknown): attempt is { duration_ms: number } {
  return typeof attempt === 'object' && attempt !== null && 'duration_ms' in attempt;
}
