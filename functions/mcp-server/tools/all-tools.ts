import type { McpServerDeps } from '../deps';
import { getWorkflowRun } from './get-workflow-run';
import { listWorkflowRuns } from './list-workflow-runs';
import { listWorkflows } from './list-workflows';
import type { Tool } from './tool';
import { triggerWorkflow } from './trigger-workflow';

/** All tools, always in this order: clients cache the list, and model providers cache prompts that contain it. */
export function workflowTools(deps: McpServerDeps): readonly Tool[] {
  return [listWorkflows(deps), triggerWorkflow(deps), listWorkflowRuns(deps), getWorkflowRun(deps)];
}
