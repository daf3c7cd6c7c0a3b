import type { Fault } from '../../errors';
import { pointer } from '../../faults';
import { isPlainObject } from '../../json';
import { closestName } from './closest-name';
import type { Inputs } from './declaration';
import { typeInWords, valueFault } from './value-fault';

/**
 * Judges an input by what the recipe declares, and fills in the defaults. What is not declared stays as it is.
 *
 * @param input a JSON object
 * @param at the place of the input in the request
 * @returns the input that the run gets; the faults, in the order of the declarations, if it may not have one
 */
export function fillInput(
  inputs: Inputs,
  input: unknown,
  at: readonly string[] = ['input'],
): { readonly filled: unknown; readonly faults: readonly Fault[] } {
  const given = isPlainObject(input) ? input : {};
  const faults: Fault[] = [];
  const defaults: [string, unknown][] = [];
  for (const [name, declared] of Object.entries(inputs)) {
    if (!Object.hasOwn(given, name)) {
      if (declared.default !== undefined) defaults.push([name, declared.default]);
      if (declared.required !== true) continue;
      const detail = `Required: ${typeInWords(declared.type)}.${meantBy(name, given, inputs)}`;
      faults.push({ pointer: pointer([...at, name]), code: 'required', detail });
      continue;
    }
    const fault = valueFault(declared, given[name]);
    if (fault !== undefined) faults.push({ pointer: pointer([...at, name]), ...fault });
  }
  // Built from entries, so that a key named `__proto__` stays an ordinary key.
  const filled = defaults.length === 0 ? given : Object.fromEntries([...Object.entries(given), ...defaults]);
  return { filled, faults };
}

/** Callers that were not told of a new name still send the old one, and some misspell it. */
function meantBy(name: string, given: Readonly<Record<string, unknown>>, inputs: Inputs): string {
  const undeclared = Object.keys(given).filter((key) => !Object.hasOwn(inputs, key));
  const meant = closestName(name, undeclared);
  return meant === undefined ? '' : ` "${meant}" was sent, which this workflow does not declare: send it as "${name}".`;
}
