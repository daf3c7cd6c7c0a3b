import type { Json } from '../../../../functions/domain/json';
import { Part } from '../../parts/chunk/part';

interface ChangesProps {
  readonly before: Json;
  readonly after: Json;
  /** Names the comparison for screen readers. */
  readonly name: string;
}

/** What differs between two recipes or workflows, in words and line by line. What compares them is loaded when it is first shown. */
export function Changes(props: ChangesProps) {
  return <Part load={loadDifference} props={props} name="The comparison" />;
}

async function loadDifference() {
  return (await import('./difference')).Difference;
}
