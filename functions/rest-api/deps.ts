import type { RestApiStores } from '../aws/open-stores';
import type { Executions } from '../aws/run/executions';
import type { DeliveryQueue } from '../domain/delivery/dispatch';
import type { Run } from '../domain/run/run';
import type { StartRunDeps } from '../domain/run/start-run-signature';
import type { WaitDeps } from '../domain/run/wait-for-run';
import type { RecordChange } from '../domain/tenant/record-change';
import type { HttpChainDeps } from '../edge/http-chain';

/** The dependencies of all routes; each route takes the part it needs. */
export interface RestApiDeps extends RestApiStores, Omit<HttpChainDeps & StartRunDeps, keyof RestApiStores> {
  readonly executions: Executions;
  readonly queue: DeliveryQueue;
  /** Every route makes its changes through this function, which also writes their audit rows. */
  readonly record: RecordChange;
  /** Host names of this product, besides the one that a request came to. They are refused as webhook targets. */
  readonly ownHosts: readonly string[];
  /** Set by the local run only: the one origin that webhooks may reach although it is not public https. */
  readonly localInboxOrigin: string | undefined;
  readonly newUlid: () => string;
  readonly waiting: WaitDeps<Run>['waiting'];
  readonly sleep: (ms: number) => Promise<void>;
}
