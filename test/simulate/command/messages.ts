import type { Broken } from '../promises/watch';
import type { Told } from '../schedule/told';

/** What the command asks of a worker. */
export type Order =
  | {
      readonly kind: 'play';
      readonly from: number;
      readonly to: number;
      readonly everyNth: number;
      /** Ends at the first schedule that breaks one of these promises. */
      readonly stopAt: readonly string[];
    }
  | { readonly kind: 'tell'; readonly seed: number; readonly shrink: boolean };

/** A schedule that broke a promise. */
export interface Failure {
  readonly seed: number;
  readonly broken: readonly Broken[];
}

/** How often each fault hit each call, by `function: call`. */
export type Coverage = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A schedule as a person reads it. */
export interface Story {
  readonly broken: readonly Broken[];
  readonly events: readonly Told[];
  /** How many schedules were played to shrink it. */
  readonly tried: number;
}

/** What a worker answers. */
export type Report =
  | { readonly kind: 'progress'; readonly played: number; readonly failures: readonly Failure[] }
  | { readonly kind: 'played'; readonly steps: number; readonly cpuSeconds: number; readonly coverage: Coverage }
  | { readonly kind: 'told'; readonly story: Story };
