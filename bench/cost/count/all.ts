import { startReceiver } from '../../../test/faults/simulation/receiver';
import { scenarios, type Scenario } from './recipes';
import { countRun, type CountedRun } from './run';

/** Counts scenarios one after the other, by default all of them. */
export async function countAll(chosen: readonly Scenario[] = scenarios): Promise<CountedRun[]> {
  const receiver = await startReceiver();
  const counted: CountedRun[] = [];
  try {
    for (const scenario of chosen) counted.push(await countRun(receiver, scenario));
  } finally {
    await receiver.stop();
  }
  return counted;
}
