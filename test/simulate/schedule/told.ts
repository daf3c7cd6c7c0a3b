/** What a trace says of one event of a schedule. */
export interface Told {
  readonly step: number;
  readonly atMs: number;
  /** Of these, `fault`, `jump`, `late` and `reorder` are what a calm schedule lacks. */
  readonly kind: 'act' | 'begin' | 'call' | 'fault' | 'jump' | 'late' | 'reorder';
  readonly who: string;
  readonly what: string;
}

export type Tell = (told: Told) => void;
