import { startReceiver } from '../../test/faults/receiver';
import { countRun, type CountedRun } from './count-run';
import { scenarios } from './recipes';

/** Counts every scenario, one after the other. */
export async function countAll(): Promise<CountedRun[]> {
  const receiver = await startReceiver();
  const counted: CountedRun[] = [];
  try {
    for (const scenario of scenarios) counted.push(await countRun(receiver, scenario));
  } finally {
    await receiver.stop();
  }
  return counted;
}
