import type { RunErrorCode } from '../../../functions/domain/run/run';

/** What a person can do next about a failed run. Its message says what was wrong. */
export function fixOf(code: RunErrorCode, mayAuthor: boolean): string {
  switch (code) {
    case 'recipe_too_large':
    case 'step_type_not_allowed':
    case 'invalid_recipe':
      return mayAuthor
        ? 'Edit the recipe, then re-run with the current version.'
        : 'Ask support to correct the recipe, then re-run with the current version.';
    case 'rendered_too_large':
      return 'Run the workflow again with a smaller input; a re-run would send the same one.';
    case 'run_timed_out':
    case 'run_interrupted':
      return 'Re-run it; if that happens twice, write to support with the run id.';
  }
}
