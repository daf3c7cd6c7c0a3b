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

/** What is known of the last rotation of an endpoint. */
export interface LastRotation {
  readonly endpoint: Endpoint;
  /** Undefined if another request made that rotation. */
  readonly secret: string | undefined;
  /** Undefined if the secret was never rotated. */
  readonly at: string | undefined;
}
