import { observeRuns } from './count/observe-runs';
import { modelTimes, type ModelledTimes } from './model-times';
import { pathsOf, type Path } from './paths';

export interface BilledPath extends Path {
  /** The number of AWS calls that wait for each other. */
  readonly sequentialCalls: number;
  readonly modelled: ModelledTimes;
}

/** The latency bill: it simulates the runs, counts their calls, and models what they take. */
export async function latencyBill(): Promise<BilledPath[]> {
  return pathsOf(await observeRuns()).map((path) => ({
    ...path,
    sequentialCalls: path.waves.filter(({ calls }) => calls.length > 0).length,
    modelled: modelTimes(path),
  }));
}
