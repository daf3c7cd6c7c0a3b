import type { Recipe } from '../../../functions/domain/workflow/recipe';
import type { EngineSetting } from './stores';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../../support/builders';

/** What differs from ground to ground. */
export interface GroundPlan {
  readonly recipe: Recipe;
  readonly cap: number;
  /** Paths of the endpoints, and what they subscribe to. The product's own events have no patterns. */
  readonly endpoints: Readonly<Record<string, readonly string[]>>;
  /** Set if the endpoints have been failing for so long that the next failure disables them. */
  readonly nearlyDisabled?: true;
  readonly perSecond?: number;
  readonly engineSetting?: EngineSetting;
}

const oneLog = aRecipe({ steps: [aLog()] });
const oneEvent = aRecipe({ steps: [aWebhookStep()] });
/** Its seventh segment begins after 180 s. There an Express execution hands the run over to another. */
const fourMinutes = aRecipe({ steps: [...Array.from({ length: 7 }, () => aDelay(30)), aWebhookStep()] });

/** Small caps, because only at the cap is there anything to get wrong. */
export const groundPlans = {
  'one run left': { recipe: oneLog, cap: 1, endpoints: {} },
  'two runs left': { recipe: oneLog, cap: 2, endpoints: { watch: ['run.succeeded', 'run.failed'] } },
  'two segments': {
    recipe: aRecipe({ steps: [aLog(), aWebhookStep(), aDelay(20), aLog('Over')] }),
    cap: 3,
    endpoints: { hook: ['campaign.*'] },
  },
  'one event': {
    recipe: oneEvent,
    cap: 4,
    endpoints: { hook: ['*'], watch: ['run.succeeded', 'run.failed', 'endpoint.disabled'] },
  },
  'nearly disabled': {
    recipe: aRecipe({ steps: [aWebhookStep(), aWebhookStep({ event: 'campaign.ended' })] }),
    cap: 5,
    endpoints: { hook: ['campaign.*'], watch: ['endpoint.disabled'] },
    nearlyDisabled: true,
  },
  'one a second': {
    recipe: aRecipe({ steps: [aWebhookStep(), aWebhookStep()] }),
    cap: 3,
    endpoints: { hook: ['*'] },
    perSecond: 1,
  },
  // A run has four times the steps of others, and hand-overs are of one run, so there is room for one.
  'four minutes': {
    recipe: fourMinutes,
    cap: 1,
    endpoints: { hook: ['*'], watch: ['run.failed'] },
  },
  'on Standard': {
    engineSetting: 'standard',
    recipe: fourMinutes,
    cap: 2,
    endpoints: { hook: ['*'], watch: ['run.failed'] },
  },
} satisfies Readonly<Record<string, GroundPlan>>;

export type GroundName = keyof typeof groundPlans;
