import type { KeyInUse } from '../idempotency';
import type { Expected } from '../revision';
import type { Endpoint } from './endpoint';

/** A rotation that somebody asks for. */
export interface Rotation {
  readonly secret: string;
  /** A repetition with the same key returns the secret of the first call, as long as it is the current one. */
  readonly key: KeyInUse | undefined;
  readonly now: Date;
  /** Judged after a repetition with the key, which is answered whatever it expects. */
  readonly expected?: Expected;
}

/** The endpoint after a rotation, and the secret that signs from now on. */
export interface Rotated {
  readonly endpoint: Endpoint;
  readonly secret: string;
  readonly replayed: boolean;
}
