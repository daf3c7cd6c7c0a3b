import { recipeLimits } from '../../functions/domain/workflow/recipe';

/** A workflow that seeded tenants get. With `firstRun`, the first start also starts a run of it. */
export interface SeedWorkflow {
  readonly name: string;
  readonly description: string;
  /** Stored without validation, like the rows that are older than a validation rule. */
  readonly recipe: unknown;
  readonly firstRun?: { readonly input: Readonly<Record<string, string>> };
}

export const springPromo: SeedWorkflow = {
  name: 'Spring Promo',
  description: 'Logs a line, waits two seconds, then fires campaign.kickoff. The local inbox receives the webhook.',
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

/**
 * The message of step 2 contains `{{input.n}}` 360 times, which is 3,960 bytes and legal. With an `n` of 12 characters,
 * the rendered message is 4,320 bytes and too long.
 */
const tooLongInput = { n: '123456789012' };
const failsAtStep2 = [
  { type: 'log', message: 'Step 1 is fine' },
  { type: 'log', message: '{{input.n}}'.repeat(360) },
  { type: 'log', message: 'Step 3 is fine' },
];
const howToFail =
  `Run it with the input ${JSON.stringify(tooLongInput)}, or any n of 12 or more characters: ` +
  'the message of step 2 is then too long.';

export const seedWorkflows: readonly SeedWorkflow[] = [
  springPromo,
  {
    name: 'Legacy 51 steps',
    description:
      'Stored before recipes had a limit of 50 steps: each run fails with recipe_too_large before its first step.',
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
      'Stored with a step type that is not allowed: each run fails with step_type_not_allowed before its first step.',
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
    description: `The run stops at step 2. ${howToFail}`,
    recipe: { steps: failsAtStep2 },
    firstRun: { input: tooLongInput },
  },
  {
    name: 'Fails at step 2 and continues',
    description: `The run performs step 3 too, and then fails. ${howToFail}`,
    recipe: { continue_on_error: true, steps: failsAtStep2 },
    firstRun: { input: tooLongInput },
  },
  {
    name: 'Nobody listens',
    description:
      'Fires quote.review_needed, to which no endpoint subscribes: the run succeeds and shows 0 matched endpoints.',
    recipe: {
      steps: [{ type: 'fire_webhook_event', event: 'quote.review_needed', payload: { quote: 'Q-1001' } }],
    },
    firstRun: { input: {} },
  },
];
