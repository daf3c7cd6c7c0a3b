import type { Json } from '../../../functions/domain/json';
import { Part } from '../parts/chunk/part';

interface ChangesProps {
  readonly before: Json;
  readonly after: Json;
  /** Names the comparison for screen readers. */
  readonly name: string;
}

/** Two values as one text, in which the differences are marked. What compares them is loaded when it is first shown. */
export function Changes(props: ChangesProps) {
  return <Part load={loadDiff} props={props} name="The comparison" />;
}

async function loadDiff() {
  return (await import('./diff')).Diff;
}
