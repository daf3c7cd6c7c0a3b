import { soFar } from '../../../../parts/duration';
import type { Described } from '../rows/describe';
import { AttemptShape } from './attempt-shape';
import { inOneLine } from './words';

const passed = {
  number: 1,
  trigger: 'event',
  at: '',
  duration_ms: 0,
  response_status: 200,
  error_class: null,
} as const;
const failed = { ...passed, error_class: 'http_status' } as const;

/**
 * The numbers of what the pointer or the focus is on, and otherwise what the shapes mean. It stands still beneath the
 * picture, where it covers nothing. Screen readers hear the same from what has the focus.
 */
export function Readout({ shown, now }: { shown: Described | undefined; now: number | undefined }) {
  return (
    <div className="picture-readout" aria-hidden="true">
      {shown === undefined ? (
        <>
          <Key shape={<span className="picture-swatch picture-work" />} word="Step" />
          <Key shape={<span className="picture-swatch picture-wait" />} word="Delay" />
          <Key shape={<AttemptShape made={passed} />} word="Attempt that succeeded" />
          <Key shape={<AttemptShape made={failed} />} word="that failed" />
          <Key shape={<AttemptShape made={undefined} />} word="still to come" />
        </>
      ) : (
        <span>
          {inOneLine(shown)}
          {now !== undefined && leftOf(shown, now)}
        </span>
      )}
    </div>
  );
}

function Key({ shape, word }: { shape: React.ReactNode; word: string }) {
  return (
    <span className="picture-key">
      {shape} {word}
    </span>
  );
}

/** How long is left, for what has an end that is known. */
function leftOf({ expected, at, status }: Described, now: number): string {
  const until = status === 'due' ? at : expected;
  return until === null || until <= now ? '' : `, in ${soFar(until - now)}`;
}
