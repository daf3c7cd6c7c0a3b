import type { RunProgressStore } from '../aws/run/progress';
import type { RunStore } from '../aws/run/runs';
import type { Run } from '../domain/run/run';
import type { PerformDeps } from './perform-steps';

export interface RunSegmentDeps extends PerformDeps {
  readonly runs: Pick<RunStore, 'get' | 'getWithRecipe' | 'inputOf'>;
  readonly progress: Pick<RunProgressStore, 'record' | 'recordAfterEnd' | 'close'>;
  /**
   * Reads the tenant's endpoints in advance. It never fails: what needs them then reads them itself, as it does if this is
   * absent.
   */
  readonly readEndpoints?: (tenantId: string) => Promise<void>;
  /** True if an active endpoint subscribes to the system event of this end. */
  readonly runEndIsAwaited: (tenantId: string, status: 'succeeded' | 'failed') => Promise<boolean>;
  /** Publishes the system event of a run that has ended; calling it again changes nothing. */
  readonly announceRunEnd: (tenantId: string, run: Run) => Promise<void>;
}
