import type { Scale } from '../axis/scale';

/** What each line of the picture is drawn from, besides its row. */
export interface LineProps {
  readonly scale: Scale;
  /** The same at each rendering for what does not go on, so that it is not drawn again each second. */
  readonly now: number;
  /** What in it can be reached with Tab; undefined if that is in another row. */
  readonly reached: number | undefined;
}
