import type { LoadFunction } from '../lambda/loadable';
import type { Stack } from '../template/stack';

/** What does most of the work of a run: the table's engine and the functions. */
export interface Parts {
  /** Address of the table's engine. */
  readonly tableEndpoint: string;
  readonly loaderFor: (stack: Stack) => LoadFunction;
}
