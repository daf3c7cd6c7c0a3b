import type { RunErrorCode } from '../../../functions/domain/run';

/** What a person can do about a failed run. */
export const runErrorFixes: Readonly<Record<RunErrorCode, string>> = {
  recipe_too_large: 'Trim the recipe to at most 50 steps, then run it again.',
  step_type_not_allowed: 'Use only log, fire_webhook_event and delay as step types, then run it again.',
  invalid_recipe: 'Correct the recipe in the places named, then run it again.',
  rendered_too_large:
    'Send a smaller input, or repeat it less often in the text: a message holds 4,000 bytes, a payload 20 KB.',
  run_timed_out: 'The run did not end by its deadline. Run it again; if that happens twice, write to support.',
  run_interrupted: 'The run was taken up again several times and did not get through. Run it again.',
};
