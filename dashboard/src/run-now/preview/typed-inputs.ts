const list = new Intl.ListFormat('en-GB');

/**
 * Says which values of the input a webhook carries with their type (`{{input.path | json}}`), while others become text.
 *
 * @param paths the paths after `input.`, at least one
 */
export function typedInputsText(paths: readonly string[]): string {
  const names = list.format(paths.map((path) => `input.${path}`));
  const are = paths.length === 1 ? 'is sent as it is' : 'are sent as they are';
  return `${names} ${are} in the input: a number stays a number, and a list stays a list.`;
}
