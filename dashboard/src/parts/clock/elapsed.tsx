import { duration, soFar } from '../duration';
import { Time } from '../time';
import { useServerTime } from './use-server-time';

const secondMs = 1_000;
/** Longer ago than this, a countdown that is over says nothing any more. */
const justOverMs = 60_000;

/** How long something took, or has taken so far if it goes on. A dash if it has not begun. */
export function Elapsed({ from, to }: { from: string | null; to: string | null }) {
  if (from === null) return '–';
  if (to !== null) return duration(Date.parse(to) - Date.parse(from));
  return <SoFar from={from} />;
}

/** A timer is no live region, so that screen readers do not read out every second. */
function SoFar({ from }: { from: string }) {
  return <span role="timer">{soFar(useServerTime(secondMs) - Date.parse(from))}</span>;
}

/** An instant to come, and in how long that is. */
export function Until({ at }: { at: string }) {
  const leftMs = Date.parse(at) - useServerTime(secondMs);
  return (
    <>
      <Time at={at} />
      {leftMs > -justOverMs && <span role="timer">{leftMs > 0 ? `, in ${soFar(leftMs)}` : ', any moment now'}</span>}
    </>
  );
}
