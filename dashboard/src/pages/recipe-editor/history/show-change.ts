import { differenceOf, type Content } from './difference';
import { focusHandle, focusPalette } from '../steps/focus-step';
import { isTextField } from '../text-field';

/** Leads to what was undone or done again: to the letters in their field, or to the step. */
export function showChange(before: Content, after: Content): void {
  const field = differenceOf(before, after)?.field;
  if (field !== undefined && showTyped(field)) return;
  // What had the focus may be gone.
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const key =
    after.recipe.steps.find((step, index) => before.recipe.steps[index] !== step)?.key ??
    after.recipe.steps.at(-1)?.key;
  if (key === undefined) focusPalette();
  else focusHandle(key);
}

function showTyped(field: string): boolean {
  const input = document.querySelector(`[data-place="${CSS.escape(field)}"]`)?.querySelector('input, textarea') ?? null;
  if (!isTextField(input)) return false;
  input.focus({ preventScroll: true });
  input.scrollIntoView({ block: 'nearest' });
  return true;
}
