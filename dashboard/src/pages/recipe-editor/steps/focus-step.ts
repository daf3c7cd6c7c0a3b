/** The id of the element that shows a step. */
export function stepId(key: string): string {
  return `step-${key}`;
}

/** Moves the focus to the first field of a step, so that one types right after adding it. */
export function focusFields(key: string): void {
  const step = document.getElementById(stepId(key));
  const field = step?.querySelector<HTMLElement>('textarea, [data-fields] input') ?? step?.querySelector('button');
  field?.focus();
  step?.scrollIntoView({ block: 'nearest' });
}

/** Moves the focus to the handle of a step: what had it may have been drawn elsewhere. */
export function focusHandle(key: string): void {
  const handle = document.getElementById(stepId(key))?.querySelector<HTMLElement>('[data-handle]');
  handle?.focus();
  handle?.scrollIntoView({ block: 'nearest' });
}

export function focusCheckbox(key: string): void {
  document.getElementById(stepId(key))?.querySelector<HTMLElement>('input[type="checkbox"]')?.focus();
}

/** Moves the focus to the palette, when there is no step left that could take it. */
export function focusPalette(): void {
  document.querySelector<HTMLElement>('[data-palette] button')?.focus();
}
