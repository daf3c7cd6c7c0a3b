import { readStoredRecipe } from '../../domain/workflow/parse-recipe';
import { viewWorkflow, type WorkflowView } from '../../domain/workflow/view';
import { warningsOf, type Warning } from '../../domain/workflow/warnings';
import { workflowRevision, type Workflow } from '../../domain/workflow/workflow';
import type { HttpReply } from '../../edge/http/request';

/** A workflow with its recipe, in the one shape in which it is read and in which every change answers. */
export function workflowReply(workflow: Workflow, lastRun: WorkflowView['last_run'], recipe: unknown) {
  return {
    status: 200,
    revision: workflowRevision(workflow),
    body: { ...viewWorkflow(workflow, lastRun), recipe, warnings: warningsIn(recipe) },
  } satisfies HttpReply;
}

/** Whether a stored recipe is valid by today's rules is told when it runs, so nothing is said here of one that is not. */
function warningsIn(recipe: unknown): readonly Warning[] {
  const read = readStoredRecipe(recipe);
  return read === undefined ? [] : warningsOf(read, ['recipe']);
}

/**
 * The answer to a change. `Content-Location` says that the body is what a GET of the workflow answers, and not a report on
 * the change, so the ETag is that of the workflow: https://www.rfc-editor.org/rfc/rfc9110#section-8.7
 */
export function changedWorkflowReply(...shown: Parameters<typeof workflowReply>): HttpReply {
  return { ...workflowReply(...shown), headers: { 'content-location': workflowPath(shown[0]) } };
}

export function workflowPath({ id }: Pick<Workflow, 'id'>): string {
  return `/api/v1/workflows/${id}`;
}
