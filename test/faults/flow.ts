import type { FunctionName } from '../../functions/contract/functions';
import type { DeliveryStatus } from '../../functions/domain/delivery/delivery';
import type { RunStatus } from '../../functions/domain/run-status';
import type { Seeds } from './fixture';
import type { Circumstances, World } from './simulation/simulation';

/** Something the product does, told so that it can be repeated with one thing going wrong each time. */
export interface Flow extends Seeds, Pick<Circumstances, 'engineSetting' | 'respond'> {
  readonly name: string;
  /** Functions whose calls are points of failure from `act` until everything is quiet, or until `act` ends. */
  readonly walked: readonly FunctionName[];
  readonly until?: 'act ends';
  /** What went before, unharmed and played once. */
  readonly arrange?: (world: World) => Promise<void>;
  readonly leavesUnsettled?: true;
  readonly act?: (world: World) => Promise<void>;
  /** How runs may have ended once everything is quiet, by number; the last is that of all further ones. */
  readonly ends: readonly RunStatus[];
  /** Exactly this many, where the number does not depend on what callers were told. */
  readonly runs?: number;
  /** How deliveries end, by endpoint; `delivered` unless told. */
  readonly deliveries?: Readonly<Record<string, DeliveryStatus>>;
  /** Names of the endpoints that get the recipe's events; all unless told. */
  readonly subscribed?: readonly string[];
  /** Events the product fires by itself: exactly one delivery to the endpoint of this name. */
  readonly systemEvents?: Readonly<Record<string, string>>;
  /** Steps may have been performed that the trail of a cancelled run does not tell. */
  readonly cancels?: true;
}
