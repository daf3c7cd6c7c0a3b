import type { JsonObject } from '../../../../functions/domain/json';
import type { Declared } from '../../workflow/declared-inputs';
import { emptyField, fieldOf, readField, type FieldText } from './field-text';
import { judgeInput, type InputFault } from './judge-input';
import { readInput } from './read-text';

/** What is typed into the dialog that starts a run, in either of its two views. */
export interface RunForm {
  readonly view: 'form' | 'json';
  readonly fields: Readonly<Record<string, FieldText>>;
  /** JSON of what the recipe does not declare. */
  readonly extra: string;
  /** The whole input as JSON, in the view of that name. */
  readonly text: string;
}

export const emptyForm: RunForm = { view: 'form', fields: {}, extra: '', text: '' };

/** Names the part of a form that belongs to no declared input: the further values, or the whole text in the view JSON. */
export const wholeText = '';

export interface ReadForm {
  /** As far as the form can be read. Undefined if nothing was entered. */
  readonly input: JsonObject | undefined;
  /** What cannot be read, by the name of the input. */
  readonly unreadable: ReadonlyMap<string, string>;
  /** What the API would refuse, and what cannot be read, by name in the order of the declarations. */
  readonly faults: ReadonlyMap<string, string>;
}

export function readForm(declared: readonly Declared[], form: RunForm): ReadForm {
  const unreadable = new Map<string, string>();
  const entries: [string, JsonObject[string]][] = [];
  for (const [name, input] of form.view === 'json' ? [] : declared) {
    const { value, fault } = readField(input, form.fields[name] ?? emptyField);
    if (fault !== undefined) unreadable.set(name, fault);
    else if (value !== undefined) entries.push([name, value]);
  }
  const free = form.view === 'json' ? readInput(form.text) : readExtra(declared, form.extra);
  if (free.fault !== undefined) unreadable.set(wholeText, free.fault);
  // Built from entries, so that a key named `__proto__` stays an ordinary key.
  const input = Object.fromEntries([...entries, ...Object.entries(free.input ?? {})]);
  const isNothing = free.input === undefined && entries.length === 0;
  const judged =
    form.view === 'json' && unreadable.size > 0 ? new Map<string, InputFault>() : judgeInput(declared, input);
  const faults = declared.flatMap(([name]): [string, string][] => {
    const fault = unreadable.get(name) ?? judged.get(name)?.text;
    return fault === undefined ? [] : [[name, fault]];
  });
  return {
    input: isNothing ? undefined : input,
    unreadable,
    faults: new Map(free.fault === undefined ? faults : [...faults, [wholeText, free.fault]]),
  };
}

/** A form that holds an input, and the names of the values that their fields cannot show. */
export function formOf(
  declared: readonly Declared[],
  input: JsonObject,
): { form: RunForm; misfits: readonly string[] } {
  const given = declared.filter(([name]) => Object.hasOwn(input, name));
  const shown = given.flatMap(([name, one]): [string, FieldText][] => {
    const field = fieldOf(one, input[name] ?? null);
    return field === undefined ? [] : [[name, field]];
  });
  const names = declared.map(([name]) => name);
  const extra = Object.entries(input).filter(([name]) => !names.includes(name));
  const fields = Object.fromEntries(shown);
  return {
    form: { ...emptyForm, fields, extra: extra.length === 0 ? '' : jsonText(Object.fromEntries(extra)) },
    misfits: given.flatMap(([name]) => (Object.hasOwn(fields, name) ? [] : [name])),
  };
}

export function jsonText(input: JsonObject): string {
  return JSON.stringify(input, null, 2);
}

function readExtra(declared: readonly Declared[], text: string) {
  const read = readInput(text);
  const twice = declared.find(([name]) => read.input !== undefined && Object.hasOwn(read.input, name));
  return twice === undefined
    ? read
    : { fault: `${twice[0]} has a field of its own: enter it there, and remove it here.` };
}
