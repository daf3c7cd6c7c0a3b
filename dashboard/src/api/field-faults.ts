import { problemOf } from './api-error';

/** What the API says about one field of a form, and about parts of its value. Empty if it says nothing. */
export function faultOfField(error: unknown, field: string): string {
  return faultsIn(error)
    .filter(({ pointer }) => isAt(pointer, field))
    .map(({ detail }) => detail)
    .join(' ');
}

/** True if the fields show every fault of the refusal, so that the form need not show the refusal itself. */
export function areShownAtFields(error: unknown, fields: readonly string[]): boolean {
  const faults = faultsIn(error);
  return faults.length > 0 && faults.every(({ pointer }) => fields.some((field) => isAt(pointer, field)));
}

/** @param error null when the request was not refused */
function faultsIn(error: unknown) {
  return error === null ? [] : problemOf(error).errors;
}

/** @param pointer undefined for a fault that is not in the body */
function isAt(pointer: string | undefined, field: string): boolean {
  return pointer === `#/${field}` || pointer?.startsWith(`#/${field}/`) === true;
}
