import type { VirtualTime } from './virtual-time';

/** The SDK makes three attempts, and waits up to 0.5 and 1 s after a throttle. */
const attempts = 3;
const throttleWaitMs = 500;

const latencyMs = 5;

export interface PartitionFigures {
  written: number;
  throttled: number;
}

/**
 * The writes to one partition of the table, which accepts `unitsPerSecond`. A request that finds no units left is
 * repeated as the SDK does, and then refused.
 */
export function throttlingPartition(time: VirtualTime, unitsPerSecond: number, random: () => number) {
  const figures: PartitionFigures = { written: 0, throttled: 0 };
  let [units, lastMs] = [unitsPerSecond, time.nowMs()];

  function take(needed: number): boolean {
    units = Math.min(unitsPerSecond, units + ((time.nowMs() - lastMs) / 1000) * unitsPerSecond);
    lastMs = time.nowMs();
    // DynamoDB lets a request through while any units are left.
    if (units < 1) return false;
    units -= needed;
    return true;
  }

  return {
    figures,
    write: async <Result>(needed: number, send: () => Result): Promise<Awaited<Result>> => {
      for (let attempt = 0; !take(needed); attempt += 1) {
        figures.throttled += 1;
        if (attempt === attempts - 1) throw exceeded();
        await time.sleep(random() * throttleWaitMs * 2 ** attempt);
      }
      figures.written += needed;
      await time.sleep(latencyMs);
      return await send();
    },
  };
}

function exceeded(): Error {
  return Object.assign(new Error('The level of throughput was exceeded'), {
    name: 'ProvisionedThroughputExceededException',
    $metadata: { httpStatusCode: 400 },
  });
}
