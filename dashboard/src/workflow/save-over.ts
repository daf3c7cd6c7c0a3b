import { ApiError } from '../api/api-error';
import type { Call } from '../api/call';
import type { WorkflowDetail } from '../api/routes';
import { isSameEdit, type Edit, type Stored } from './edit';

/**
 * Saves a workflow if nobody else did since `base` was read.
 *
 * @throws ApiError `version_conflict` if somebody did. A Save whose answer was lost finds its own edit, which is no conflict.
 *   Neither is it one if the workflow was only activated or deactivated, which saving leaves as it is.
 */
export async function saveOver(call: Call, id: string | number, base: Stored, edit: Edit): Promise<WorkflowDetail> {
  try {
    return await call('PUT workflows/{id}', { id, body: edit, ifMatch: base.etag });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'version_conflict') throw error;
    const current = await call('GET workflows/{id}', { id });
    if (isSameEdit(edit, current)) return current;
    if (!isSameEdit(base, current)) throw error;
    return call('PUT workflows/{id}', { id, body: edit, ifMatch: current.etag });
  }
}
