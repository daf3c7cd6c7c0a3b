/** The id of the element that shows an input. */
export function inputId(key: string): string {
  return `input-${key}`;
}

/** Moves the focus to the name of an input. */
export function focusInput(key: string): void {
  const card = document.getElementById(inputId(key));
  card?.querySelector('input')?.focus();
  card?.scrollIntoView({ block: 'nearest' });
}
