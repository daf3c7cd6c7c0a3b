import type { Tagged, WorkflowWrite } from '../api/routes';
import { isSameJson } from '../parts/json';

/** What people write of a workflow. It says nothing of whether the workflow is active, which so stays as it is. */
export type Edit = Pick<WorkflowWrite, 'name' | 'description' | 'tool' | 'recipe'>;

/** A workflow as it is stored, with the tag by which a change is tied to it. A new workflow has none. */
export type Stored = Tagged<Edit>;

/** White space at the ends is left out, as the API does. */
export function isSameEdit(one: Edit, other: Edit): boolean {
  return (
    one.name.trim() === other.name.trim() &&
    (one.description ?? '').trim() === (other.description ?? '').trim() &&
    // What says nothing of the tool leaves it as it is.
    (one.tool === undefined || other.tool === undefined || one.tool === other.tool) &&
    isSameJson(one.recipe, other.recipe)
  );
}
