/** A bug that the simulator must find: one line of the product, and what stands there instead. */
export interface PlantedBug {
  /** What is wrong with it, as a sentence that begins in lower case. */
  readonly name: string;
  readonly file: string;
  /** Text that occurs once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The promises that it may break; finding another one is not finding it. */
  readonly breaks: readonly string[];
  /** `two`: it shows only where two actors or two faults meet. */
  readonly needs: 'one' | 'two';
}
