import { recipeLimits } from '../../functions/domain/workflow/recipe';

/** A workflow every seeded tenant gets, and the run of it that the first start makes, if any. */
export interface SeedWorkflow {
  readonly name: string;
  readonly description: string;
  /** Not checked when stored, as rows older than a rule were not. */
  readonly recipe: unknown;
  readonly firstRun?: { readonly input: Readonly<Record<string, string>> };
}

export const springPromo: SeedWorkflow = {
  name: 'Spring Promo',
  description: 'Notes the start, waits two seconds and tells the campaign tools. The inbox receives the event.',
  recipe: {
    steps: [
      { type: 'log', message: 'Kicking off Spring Promo' },
      { type: 'delay', seconds: 2 },
      {
        type: 'fire_webhook_event',
        event: 'campaign.kickoff',
        payload: { campaign: 'spring-2026', owner: 'marketing' },
      },
    ],
  },
};

/** 360 times `{{input.n}}` is 3,960 bytes and a legal message; rendered with 12 characters each, it is 4,320 and too long. */
const tooLongInput = { n: '123456789012' };
const failsAtStep2 = [
  { type: 'log', message: 'Step 1 is fine' },
  { type: 'log', message: '{{input.n}}'.repeat(360) },
  { type: 'log', message: 'Step 3 is fine' },
];
const howToFail = `Run it with the input ${JSON.stringify(tooLongInput)}, or any n of 12 or more characters, and step 2 gets too long.`;

export const seedWorkflows: readonly SeedWorkflow[] = [
  springPromo,
  {
    name: 'Legacy 51 steps',
    description: 'Stored before recipes were limited: each run ends with recipe_too_large before its first step.',
    recipe: {
      steps: Array.from({ length: recipeLimits.steps + 1 }, (_, index) => ({
        type: 'log',
        message: `Line ${index + 1}`,
      })),
    },
    firstRun: { input: {} },
  },
  {
    name: 'Legacy unknown step',
    description:
      'Stored with a step type that is not allowed: each run ends with step_type_not_allowed, no step performed.',
    recipe: {
      steps: [
        { type: 'log', message: 'Never written' },
        { type: 'send_email', to: 'someone@example.com' },
      ],
    },
    firstRun: { input: {} },
  },
  {
    name: 'Fails at step 2',
    description: `Stops there. ${howToFail}`,
    recipe: { steps: failsAtStep2 },
    firstRun: { input: tooLongInput },
  },
  {
    name: 'Fails at step 2 and continues',
    description: `Performs step 3 all the same, and ends failed. ${howToFail}`,
    recipe: { continue_on_error: true, steps: failsAtStep2 },
    firstRun: { input: tooLongInput },
  },
  {
    name: 'Nobody listens',
    description:
      'Fires quote.review_needed, which no endpoint subscribes to: the run succeeds and says that nobody was told.',
    recipe: {
      steps: [{ type: 'fire_webhook_event', event: 'quote.review_needed', payload: { quote: 'Q-1001' } }],
    },
    firstRun: { input: {} },
  },
];
