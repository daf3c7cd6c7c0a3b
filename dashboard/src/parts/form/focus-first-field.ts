/** Moves the focus to the first field of the open dialog, or else of the page: the button that had it is gone. */
export function focusFirstField(): void {
  const form = document.querySelector('[role="dialog"]') ?? document.querySelector('main');
  form?.querySelector('input')?.focus();
}
