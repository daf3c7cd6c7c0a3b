import type { Fault } from '../../../functions/domain/errors';
import { problemOf } from './api-error';
import { pathOf } from './pointer';

/** A fault of one field, or of a part of its value: of the entry `0` of a list, or of the header `x-key`. */
export interface FieldFault {
  readonly part: string | undefined;
  readonly text: string;
}

/** Faults whose words in the API are those of its callers, who send JSON. */
const words: Readonly<Record<string, string>> = {
  blank: 'Enter a name that can be seen.',
  unknown_header: 'Enter a value: none is stored under this name.',
};

/**
 * What the API says about one field of a form, and about parts of its value.
 *
 * @param item what the entries of the field's list are: `event`
 */
export function faultsOfField(error: unknown, field: string, item = 'item'): FieldFault[] {
  return faultsIn(error).flatMap((fault) => {
    if (!isAt(fault, field)) return [];
    const [, part] = pathOf(fault.pointer ?? '');
    return [{ part, text: faultInWords(fault, item) }];
  });
}

/** The same as one text. Empty if the API says nothing. */
export function faultOfField(error: unknown, field: string, item?: string): string {
  return faultsOfField(error, field, item)
    .map(({ text }) => text)
    .join(' ');
}

export function faultInWords({ code, detail }: Pick<Fault, 'code' | 'detail'>, item = 'item'): string {
  return words[code] ?? detail.replace(/, at #\/input\/([^ :]+):/, ': $1:').replace(/\bitem(?=s?\.$)/, item);
}

/** How many of the fields show the faults of a refusal. 0 if they do not show them all, so that the form has to. */
export function fieldsAtFault(error: unknown, fields: readonly string[]): number {
  const faults = faultsIn(error);
  const atFault = fields.filter((field) => faults.some((fault) => isAt(fault, field)));
  return faults.every((fault) => atFault.some((field) => isAt(fault, field))) ? atFault.length : 0;
}

/** @param error null when the request was not refused */
function faultsIn(error: unknown) {
  return error === null ? [] : problemOf(error).errors;
}

function isAt({ pointer }: Fault, field: string): boolean {
  return pointer !== undefined && pathOf(pointer)[0] === field;
}
