import { momentNow, type Moment } from './life';

const key = 'workflows.token-received';

/** Keeps the moment in which a token was received, for as long as the tab lives. */
export function noteReceipt(token: string): Moment {
  const received = momentNow();
  sessionStorage.setItem(key, JSON.stringify({ token: endOf(token), clockMs: received.clockMs }));
  return received;
}

/** Undefined if that is not known of this token, which then has to be renewed. */
export function receiptOf(token: string): Moment | undefined {
  const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '{}');
  if (typeof kept !== 'object' || kept === null) return undefined;
  const clockMs: unknown = Reflect.get(kept, 'clockMs');
  return Reflect.get(kept, 'token') === endOf(token) && typeof clockMs === 'number'
    ? { clockMs, ticksMs: undefined }
    : undefined;
}

export function forgetReceipt(): void {
  sessionStorage.removeItem(key);
}

/** The end of a token is part of its signature, and so differs from token to token. */
function endOf(token: string): string {
  return token.slice(-24);
}
