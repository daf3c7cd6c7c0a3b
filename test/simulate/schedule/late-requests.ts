import { lateSeconds } from './fault';
import type { Invocation } from './invocation';

/** A request whose sender no longer waits for it. */
export interface LateRequest {
  readonly label: string;
  readonly owner: Invocation;
  readonly perform: () => unknown;
}

/** Requests whose senders gave up or died: each takes effect within a few seconds, or never. */
export function lateRequests() {
  const waiting: (LateRequest & { readonly untilMs: number })[] = [];
  return {
    add: (request: LateRequest, nowMs: number) =>
      void waiting.push({ ...request, untilMs: nowMs + lateSeconds * 1000 }),
    count: () => waiting.length,
    take: (index: number): LateRequest => waiting.splice(index, 1)[0]!,
    /** Forgets what has not taken effect in time. */
    forget(nowMs: number): void {
      for (let index = waiting.length - 1; index >= 0; index -= 1)
        if (waiting[index]!.untilMs < nowMs) waiting.splice(index, 1);
    },
  };
}
