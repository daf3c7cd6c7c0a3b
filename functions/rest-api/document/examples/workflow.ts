/** The recipe of the product page, in the forms that the API takes and gives it. */
export const logStep = { type: 'log', message: 'Starting {{input.campaign}}' };
export const delayStep = { type: 'delay', seconds: 1 };
export const webhookStep = {
  type: 'fire_webhook_event',
  event: 'campaign.kickoff',
  payload: { campaign: '{{input.campaign}}' },
};
export const inputs = {
  campaign: { type: 'string', description: 'The name of the campaign.', default: 'Spring Promo' },
};
export const recipe = { inputs, steps: [logStep, delayStep, webhookStep] };

export const workflowWrite = { name: 'Spring Promo', description: 'Starts the campaign.', recipe };
export const workflowPatch = { active: true };

export const workflow = {
  id: 1,
  name: 'Spring Promo',
  description: 'Starts the campaign.',
  active: true,
  version: 1,
  steps_total: 3,
  total_delay_seconds: 1,
  inputs,
  tool: false,
  tool_name: null,
  created_at: '2026-01-31T12:00:00.000Z',
  updated_at: '2026-01-31T12:00:00.000Z',
  last_run: { id: 1, status: 'succeeded', created_at: '2026-01-31T12:05:00.000Z' },
};
export const workflowDetail = { ...workflow, recipe, warnings: [] };

export const workflowVersion = {
  version: 1,
  created_at: '2026-01-31T12:00:00.000Z',
  current: true,
  steps_total: 3,
  total_delay_seconds: 1,
};
export const workflowVersionDetail = { ...workflowVersion, recipe };
