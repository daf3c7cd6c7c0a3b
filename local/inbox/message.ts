/** One webhook as it arrived, told in `GET /messages`. */
export interface InboxMessage {
  readonly received_at: string;
  /** Tenant and endpoint the delivery belongs to; null when the `webhook-id` is none of ours. */
  readonly tenant: string | null;
  readonly endpoint_id: string | null;
  readonly webhook_id: string | null;
  readonly type: string | null;
  /** Whether the signature is by a secret of that endpoint. */
  readonly verified: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes received, as text. */
  readonly body: string;
  /** The status answered, or `timeout` when no answer was given. */
  readonly responded: number | 'timeout';
}

/** Older messages make room. */
export const messageLimit = 1_000;
