import * as z from 'zod/mini';

/**
 * Attempts a second to one host name, over all endpoints of a tenant. It equals the highest rate of one endpoint, so that
 * more endpoints at one receiver do not make more requests, and a receiver that nobody proved to own gets no more from
 * one tenant than from one endpoint. At the usual rate it is first reached by six endpoints.
 */
export const hostPerSecond = 50;

/** A reservation that was made for a later second. */
const lineSchema = z.object({
  /** The last second that has reservations, in Unix seconds. */
  second: z.int(),
  /** Reservations in that second. */
  taken: z.int(),
  /** The endpoint's own rate when the last reservation was made. */
  per_second: z.int(),
});

/** What a tenant sends to one host: the attempts that begin in one second, and who waits. By endpoint id. */
export const paceSchema = z.object({
  second: z.int(),
  sent: z.record(z.string(), z.int()),
  lines: z.record(z.string(), lineSchema),
});
export type Pace = z.infer<typeof paceSchema>;
type Line = z.infer<typeof lineSchema>;

/** An attempt that is ready to be made. */
export interface ReadyAttempt {
  readonly endpointId: string;
  /** The endpoint's rate. */
  readonly perSecond: number;
  /** The attempt has waited for its turn, so it need not stand in line again unless the second is full. */
  readonly hasWaited: boolean;
}

/** `now`, or the Unix second to come back in. */
export type Turn = 'now' | number;

/**
 * Gives each attempt its turn. An attempt begins now if its endpoint and its host have room in this second, and nobody
 * waits before it. Otherwise it gets the first place in the line of its endpoint. Each second of a line has as many places
 * as the endpoint may have attempts, or as its share of the host's rate if several endpoints wait. So 2,500 deliveries at
 * 10 a second are all sent after 250 s, and each has waited once.
 *
 * An attempt that comes too late for its place finds a second that others have reserved. If they have taken it already, it
 * gets a new place. That is rare, costs one more message, and loses nothing: whatever comes when, no second has more
 * attempts than the rate, and each second in which somebody comes has some.
 */
export function giveTurns(
  before: Pace | undefined,
  attempts: readonly ReadyAttempt[],
  nowSecond: number,
): { readonly pace: Pace; readonly turns: readonly Turn[] } {
  // The clock of another process may be a little ahead.
  const second = Math.max(nowSecond, before?.second ?? 0);
  const sent = new Map(before?.second === second ? Object.entries(before.sent) : []);
  const lines = new Map(Object.entries(before?.lines ?? {}).filter(([, line]) => line.second >= second));
  let sentToHost = [...sent.values()].reduce((sum, count) => sum + count, 0);

  const turns = attempts.map(({ endpointId, perSecond, hasWaited }): Turn => {
    const line = lines.get(endpointId);
    const sentToEndpoint = sent.get(endpointId) ?? 0;
    if ((hasWaited || line === undefined) && sentToEndpoint < perSecond && sentToHost < hostPerSecond) {
      sent.set(endpointId, sentToEndpoint + 1);
      sentToHost += 1;
      return 'now';
    }
    const others = [...lines].flatMap(([id, { per_second }]) => (id === endpointId ? [] : [per_second]));
    const place = placeAfter(line, shareOfHost(perSecond, others), second + 1);
    lines.set(endpointId, { ...place, per_second: perSecond });
    return place.second;
  });
  return { pace: { second, sent: Object.fromEntries(sent), lines: Object.fromEntries(lines) }, turns };
}

/** The Unix second from which on nothing of this matters any more. */
export function paceEndsAt({ second, lines }: Pace): number {
  return Math.max(second, ...Object.values(lines).map((line) => line.second)) + 1;
}

function placeAfter(line: Line | undefined, perSecond: number, first: number): Pick<Line, 'second' | 'taken'> {
  if (line === undefined || line.second < first) return { second: first, taken: 1 };
  return line.taken < perSecond
    ? { second: line.second, taken: line.taken + 1 }
    : { second: line.second + 1, taken: 1 };
}

/**
 * The part of the host's rate that an endpoint gets beside the others that wait: what the slow ones do not need is shared
 * equally by the rest. At least one attempt a second, so that every line moves.
 */
function shareOfHost(perSecond: number, others: readonly number[]): number {
  let left = hostPerSecond;
  let waiting = others.length + 1;
  for (const other of [...others].sort((a, b) => a - b)) {
    if (other >= perSecond) break;
    left -= Math.min(other, Math.floor(left / waiting));
    waiting -= 1;
  }
  return Math.max(1, Math.min(perSecond, Math.floor(left / waiting)));
}
