/** A token that is over within this time is renewed before it is sent. */
const marginMs = 30_000;
/** A token that is refused within this time after it was received would be refused again if it were renewed. */
const justNowMs = 30_000;
/** Computers set their clocks back by a little while they synchronize them. More shows that the clock was wrong. */
const setBackMs = 60_000;

/** When something happened, by two clocks of the same computer. */
export interface Moment {
  /** By the clock that people can set. It goes on while the computer sleeps and when the page is reloaded. */
  readonly clockMs: number;
  /** By the page's own counter, which nobody can set. Undefined if it happened before the page was loaded. */
  readonly ticksMs: number | undefined;
}

/** The claims of an ID token that say how long it is good for, in seconds by the issuer's clock. */
interface Claims {
  readonly exp: number;
  readonly iat: number;
}

export function momentNow(): Moment {
  return { clockMs: Date.now(), ticksMs: performance.now() };
}

/**
 * True if the token is good for a while. The computer's clock may be hours off, so it is never compared with the
 * issuer's: the token lives as long as the issuer says from the moment it was received. A wrong answer does no harm. A
 * token that counts as over is renewed too early, and one that is over all the same is renewed when the API refuses it.
 */
export function isFresh(claims: Claims, received: Moment | undefined, now: Moment): boolean {
  const lifeMs = lifeOf(claims);
  return isBelow(lifeMs - Math.min(marginMs, lifeMs / 2), ageOf(received, now));
}

/** True until the very end of the token's life. */
export function isAlive(claims: Claims, received: Moment | undefined, now: Moment): boolean {
  return isBelow(lifeOf(claims), ageOf(received, now));
}

/**
 * True only if both clocks of the computer say so: the page's counter may stand still while the computer sleeps, and the
 * clock may have been set.
 */
export function isReceivedJustNow(received: Moment | undefined, now: Moment): boolean {
  if (received?.ticksMs === undefined) return false;
  return isBelow(justNowMs, ageOf(received, now)) && isBelow(justNowMs, now.clockMs - received.clockMs);
}

/** By the page's counter where it was there already, and otherwise by the clock. */
function ageOf(received: Moment | undefined, now: Moment): number | undefined {
  if (received === undefined) return undefined;
  return received.ticksMs === undefined || now.ticksMs === undefined
    ? now.clockMs - received.clockMs
    : now.ticksMs - received.ticksMs;
}

/** False of an age that is not known, or of a token from the future: the clock was set back meanwhile. */
function isBelow(limitMs: number, ageMs: number | undefined): boolean {
  return ageMs !== undefined && ageMs > -setBackMs && ageMs < limitMs;
}

function lifeOf({ exp, iat }: Claims): number {
  return (exp - iat) * 1000;
}
