/** One received webhook, as `GET /messages` lists it. */
export interface InboxMessage {
  readonly received_at: string;
  /** Tenant and endpoint of the delivery. Both are null if the product has no delivery with this `webhook-id`. */
  readonly tenant: string | null;
  readonly endpoint_id: string | null;
  readonly webhook_id: string | null;
  readonly type: string | null;
  /** True if the signature was made with one of that endpoint's secrets. */
  readonly verified: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** The received bytes as text. */
  readonly body: string;
  /** Status of the response, or `timeout` if the inbox did not respond. */
  readonly responded: number | 'timeout';
}

/** Above this number, the oldest messages are dropped. */
export const messageLimit = 1_000;
