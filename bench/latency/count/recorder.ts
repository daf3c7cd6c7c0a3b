import type { FunctionName } from '../../../functions/contract/functions';
import type { Engine } from '../../../test/faults/simulation/engine';
import { nameOfCall } from '../../../test/faults/simulation/name-of-call';
import { currentInvocation } from '../../../test/faults/simulation/recorder';
import type { Command } from '../../../test/faults/simulation/sdk-command';
import { interceptClient, interceptDatabase } from '../../../test/support/requests';
import { virtualTime } from './virtual-time';

export type Service = 'dynamodb' | 'sqs' | 'stepFunctions';

/** One request of a function to AWS. */
export interface AwsCall {
  readonly of: FunctionName;
  /** Such as `Update run` or `SendMessageBatch`. */
  readonly call: string;
  readonly service: Service;
  /** Calls of one wave are under way at the same time. */
  readonly wave: number;
}

/** Sends every call of a function to `engine` in virtual time. Calls outside of functions, such as seeding, take none. */
export function recordCalls(engine: Engine) {
  const time = virtualTime();
  const calls: AwsCall[] = [];

  function through(service: Service) {
    return async (command: Command, send: () => Promise<unknown>): Promise<unknown> => {
      const invocation = currentInvocation();
      if (invocation === undefined) return send();
      const { answer, wave } = await time.call(send);
      calls.push({ of: invocation.functionName, call: nameOfCall(command), service, wave });
      return answer;
    };
  }

  return {
    calls,
    /** The last wave that has begun. */
    now: time.now,
    engine: {
      ...engine,
      sqs: interceptClient(engine.sqs, through('sqs')),
      sfn: interceptClient(engine.sfn, through('stepFunctions')),
      newTable: async (rows: Parameters<Engine['newTable']>[0]) =>
        interceptDatabase(await engine.newTable(rows), through('dynamodb')),
    } satisfies Engine,
  };
}
