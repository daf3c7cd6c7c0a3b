import type { Database } from '../../functions/aws/database';
import { interceptDatabase } from './requests';

export interface Measured {
  readonly database: Database;
  /** Returns the read units consumed since the last call, as the engine computes them from the sizes of whole rows. */
  readonly take: () => number;
}

/** Asks the engine what each read consumes, and sums it. */
export function readUnits(database: Database): Measured {
  let units = 0;
  return {
    database: interceptDatabase(database, async (command, send) => {
      if (!/^(Get|BatchGet|Query)Command$/.test(command.constructor.name)) return send();
      command.input.ReturnConsumedCapacity = 'TOTAL';
      const answer = await send();
      for (const { CapacityUnits } of [answer.ConsumedCapacity].flat()) units += Number(CapacityUnits);
      return answer;
    }),
    take: () => {
      const taken = units;
      units = 0;
      return taken;
    },
  };
}
