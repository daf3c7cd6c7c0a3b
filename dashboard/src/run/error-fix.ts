import type { RunErrorCode } from '../../../functions/domain/run/run';

/** Says what the user can do about a failed run. The run's own message says what went wrong. */
export function fixOf(code: RunErrorCode, mayAuthor: boolean): string {
  switch (code) {
    case 'recipe_too_large':
    case 'step_type_not_allowed':
    case 'invalid_recipe':
      return mayAuthor
        ? 'Edit the recipe, then re-run with the current version.'
        : 'Ask support to correct the recipe, then re-run with the current version.';
    case 'rendered_too_large':
      return 'Run the workflow again with a smaller input; a re-run would use the same input.';
    case 'run_timed_out':
    case 'run_interrupted':
      return 'Re-run it. If it fails again, contact support and give the run id.';
  }
}
