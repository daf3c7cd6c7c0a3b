import * as z from 'zod/mini';
import { recipeLimits, recipeSchema, stepSchema, stepTypeSchema } from '../../../domain/workflow/recipe';
import { storedRecipeSchema, versionDetailViewSchema, versionViewSchema } from '../../../domain/workflow/version-view';
import { workflowDetailViewSchema, workflowViewSchema } from '../../../domain/workflow/view';
import { warningSchema } from '../../../domain/workflow/warnings';
import { lastRunSchema, workflowPatchSchema } from '../../../domain/workflow/workflow';
import { workflowBodySchema } from '../../workflow/read-workflow-write';
import { answered, count, extended, id, named, sent, time } from '../component';
import * as examples from '../examples/workflow';
import { inputComponents } from './input';

const [logStep, webhookStep, delayStep] = stepSchema.def.options;

const workflow = answered(
  'Workflow',
  workflowViewSchema,
  { description: 'A workflow without its recipe.', examples: [examples.workflow] },
  {
    id: id('The number of the workflow, unique in its tenant.'),
    name: 'Its name, for people.',
    description: 'What it is for; null if nothing was written.',
    active: 'Whether it may run. One that is not active is refused with `workflow_inactive`.',
    version: id('The current version of the recipe. A run keeps the version that it started with.'),
    steps_total: count('The number of steps.'),
    total_delay_seconds: count('The sum of its delays, in seconds.'),
    created_at: time('When it was created.'),
    updated_at: time('When it was last changed.'),
    inputs: 'What the input of a run holds, by name; empty if the recipe declares nothing.',
    tool: 'Whether agents are offered it as a tool of its own.',
    tool_name: {
      description: 'The name of that tool, which stays when the workflow is renamed; null if there is none.',
      examples: ['run_spring_promo'],
    },
    last_run: 'Its newest run; null if it never ran.',
  },
);

const version = answered(
  'WorkflowVersion',
  versionViewSchema,
  { description: 'One version of a recipe. It never changes.', examples: [examples.workflowVersion] },
  {
    version: id('The number of the version, from 1.'),
    created_at: time('When it was written; null for versions of releases that did not record this.'),
    current: 'Whether runs that start now use this version.',
    steps_total: count('The number of steps.'),
    total_delay_seconds: count('The sum of its delays, in seconds.'),
  },
);

export const workflowComponents = [
  workflow,
  extended(
    'WorkflowDetail',
    [workflow, workflowViewSchema],
    workflowDetailViewSchema,
    { description: 'A workflow with its recipe.', examples: [examples.workflowDetail] },
    {
      recipe: 'The current recipe.',
      warnings: 'What its author should look at again, at most 100. Warnings keep nothing from being written or run.',
    },
  ),
  answered(
    'RecipeWarning',
    warningSchema,
    { description: 'Something in a valid recipe that is probably not meant.' },
    {
      pointer: {
        description: 'The place: a JSON pointer as a URI fragment, into the recipe or into the body that holds it.',
        examples: ['#/recipe/steps/0/message'],
      },
      code: {
        description:
          'What it is, for programs. Later releases may add codes. `unknown_placeholder`: a text in double braces that no input fills in. `undeclared_input`: a placeholder for an input that the recipe does not declare, although it declares others. `optional_input`: one for an input that a run may be started without.',
        'x-extensible-enum': ['unknown_placeholder', 'undeclared_input', 'optional_input'],
      },
      detail: 'What was found, and what would work.',
    },
  ),
  answered(
    'LastRun',
    lastRunSchema,
    { description: 'The newest run of a workflow.' },
    { id: id('The number of the run.'), status: 'How far it is.', created_at: time('When it was accepted.') },
  ),
  version,
  extended(
    'WorkflowVersionDetail',
    [version, versionViewSchema],
    versionDetailViewSchema,
    { description: 'One version with its recipe.', examples: [examples.workflowVersionDetail] },
    { recipe: 'The recipe of this version.' },
  ),
  sent(
    'WorkflowWrite',
    workflowBodySchema,
    { description: 'A workflow as it is created or replaced.', examples: [examples.workflowWrite] },
    {
      name: 'Its name, for people.',
      description: 'What it is for.',
      active: 'Whether it may run. If absent, a new workflow is active, and an existing one stays as it is.',
      tool: 'Whether agents are offered it as a tool of its own. If absent, a new workflow is not, and an existing one stays as it is.',
      recipe: 'What it does.',
    },
  ),
  sent(
    'WorkflowPatch',
    workflowPatchSchema,
    { description: 'What can be changed of a workflow without a new version.', examples: [examples.workflowPatch] },
    {
      active: 'Whether it may run.',
      tool: 'Whether agents are offered it as a tool of its own, under a name that is made of its name.',
    },
  ),
  sent(
    'Recipe',
    recipeSchema,
    { description: `A list of steps, at most ${recipeLimits.bytes / 1024} KB as JSON.`, examples: [examples.recipe] },
    {
      inputs: 'What the input of a run holds, by name. An input that is not declared stays free.',
      continue_on_error: 'If true, a failed step does not end the run; the run is failed once all steps are done.',
      steps: 'The steps, which are performed one after the other.',
    },
  ),
  ...inputComponents,
  named('Step', stepSchema, {
    description: 'One step, by its `type`. Nothing else is ever executed.',
    discriminator: {
      propertyName: 'type',
      mapping: {
        log: '#/components/schemas/LogStep',
        fire_webhook_event: '#/components/schemas/FireWebhookEventStep',
        delay: '#/components/schemas/DelayStep',
      },
    },
  }),
  sent(
    'LogStep',
    logStep,
    { description: "Writes a message into the run's trail.", examples: [examples.logStep] },
    {
      type: 'The type of the step.',
      message: `The message, at most ${recipeLimits.messageBytes} bytes; \`{{input.path}}\` is replaced from the run's input.`,
    },
  ),
  sent(
    'FireWebhookEventStep',
    webhookStep,
    { description: "Sends an event to the tenant's endpoints that subscribe to it.", examples: [examples.webhookStep] },
    {
      type: 'The type of the step.',
      event: 'The name of the event: parts of letters, digits and _ joined by dots.',
      payload: {
        description: `The data of the event, at most ${recipeLimits.payloadBytes / 1024} KB as JSON and ${recipeLimits.payloadLevels} levels deep. In its texts \`{{input.path}}\` is replaced; a text that is \`{{input.path | json}}\` alone becomes the value with its type.`,
      },
    },
  ),
  sent(
    'DelayStep',
    delayStep,
    { description: 'Waits before the next step.', examples: [examples.delayStep] },
    { type: 'The type of the step.', seconds: 'How long, in whole seconds.' },
  ),
  named('StepType', stepTypeSchema, { description: 'The type of a step.' }),
  named('StoredRecipe', storedRecipeSchema, {
    description:
      'A recipe as it is stored. One that an earlier release accepted may hold what `Recipe` no longer admits: it can be read, and its runs end as failed before the first step.',
    type: 'object',
    properties: {
      inputs: { $ref: '#/components/schemas/DeclaredInputs', description: 'What the input of a run holds, by name.' },
      continue_on_error: { type: 'boolean', description: 'If true, a failed step does not end the run.' },
      steps: {
        type: 'array',
        description: 'The steps, in their order.',
        items: { $ref: '#/components/schemas/StoredStep' },
      },
    },
    additionalProperties: true,
    examples: [examples.recipe],
  }),
  named('StoredStep', z.unknown(), {
    description: 'A step as it is stored. The members that it has depend on its type.',
    type: 'object',
    properties: {
      type: { type: 'string', description: 'The type of the step.' },
      message: { type: 'string', description: 'The message of a `log` step.' },
      event: { type: 'string', description: 'The event of a `fire_webhook_event` step.' },
      payload: {
        type: 'object',
        description: 'The data of the event of a `fire_webhook_event` step.',
        additionalProperties: true,
      },
      seconds: { type: 'integer', description: 'How long a `delay` step waits, in seconds.' },
    },
    additionalProperties: true,
  }),
];
