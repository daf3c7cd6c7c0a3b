import type { DeliveryStatus } from '../../functions/domain/delivery/delivery';
import type { RunStatus } from '../../functions/domain/run-status';
import type { Seeds } from './fixture';
import type { CallerName } from './simulation/recorder';
import type { Simulation, SimulationOptions } from './simulation/simulation';

/** A scenario of the product that is replayed many times, each time with one fault injected into one call. */
export interface Flow extends Seeds, Pick<SimulationOptions, 'engineSetting' | 'respond'> {
  readonly name: string;
  /** Functions into whose calls faults are injected, from the start of `act` until the simulation is idle. */
  readonly targets: readonly CallerName[];
  /** Stops the injection earlier, when `act` ends. */
  readonly injectUntil?: 'act ends';
  /** What happens before the faults. It runs once, and every replay starts from its result. */
  readonly arrange?: (simulation: Simulation) => Promise<void>;
  /** Set if `arrange` leaves runs for settlement to settle; otherwise all are marked as settled before the replays. */
  readonly leavesUnsettled?: true;
  readonly act?: (simulation: Simulation) => Promise<void>;
  /** Status of run 1, 2, … once the simulation is idle. The last entry applies to all runs after it. */
  readonly expectedStatuses: readonly RunStatus[];
  /** The exact number of runs, if it does not depend on which responses reached the callers. */
  readonly expectedRuns?: number;
  /** Final status of the deliveries by endpoint name; the default is `delivered`. */
  readonly expectedDeliveries?: Readonly<Record<string, DeliveryStatus>>;
  /** Names of the endpoints that receive the recipe's events; the default is all of them. */
  readonly subscribed?: readonly string[];
  /** System events by endpoint name: the product fires each exactly once to that endpoint. */
  readonly systemEvents?: Readonly<Record<string, string>>;
  /** Set if the flow cancels a run: steps performed just before the cancellation may be missing from its trail. */
  readonly cancels?: true;
}
