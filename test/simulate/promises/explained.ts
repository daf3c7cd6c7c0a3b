import { traceChecker } from '../models/check-trace';
import { none, type Promised } from './promise';

/** Every write of admission, settlement and delivery is an action that the models allow in the state they are in. */
export const explained: Promised = ({ ground, system }) => {
  const judge = traceChecker(ground.rows);
  return {
    onWrite: ({ by, call, key, before, after }) => {
      const now = system.world.now();
      const wrong = judge({
        functionName: by.functionName,
        call,
        key,
        before,
        after,
        now,
        operator: by.functionName === 'operator',
      });
      return wrong === undefined ? none : [wrong];
    },
  };
};
