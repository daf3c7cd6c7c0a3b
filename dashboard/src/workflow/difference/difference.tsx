import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Json } from '../../../../functions/domain/json';
import { isSameJson } from '../../parts/json';
import { changesBetween } from './between';
import { Lines } from './lines';
import { Words } from './words';

/** What differs between two recipes or workflows: first in words, for people, and then as the lines of their JSON. */
export function Difference({ before, after, name }: { before: Json; after: Json; name: string }) {
  if (isSameJson(before, after)) return 'Both are the same.';
  return (
    <SpaceBetween size="m">
      <Words changes={changesBetween(before, after)} />
      <Lines before={before} after={after} name={name} />
    </SpaceBetween>
  );
}
