import { faultsOfField } from '../api/field-faults';
import type { Declared } from '../workflow/declared-inputs';
import { wholeText } from './input/run-form';
import type { UsedRunForm } from './use-run-form';

interface Judged {
  readonly declared: readonly Declared[];
  readonly used: UsedRunForm;
  /** Whether the person tried to run it. */
  readonly isTried: boolean;
  /** Null if the API did not refuse it. */
  readonly error: Error | null;
  /** Whether the form holds what the API was sent. */
  readonly isUnchanged: boolean;
}

/** What stands at the fields, by name, and the refusal that stands above them, or null. */
export function inputFaults({ declared, used, isTried, error, isUnchanged }: Judged): {
  readonly faults: ReadonlyMap<string, string>;
  readonly error: Error | null;
} {
  if (used.stuck !== undefined) return { faults: used.stuck, error: null };
  const own = isTried ? used.faults : new Map<string, string>();
  const refused = error === null ? [] : faultsOfField(error, 'input');
  const names = declared.map(([name]) => name);
  const isPlaced = refused.length > 0 && refused.every(({ part }) => part !== undefined && names.includes(part));
  if (!isPlaced) return { faults: inView(used, own), error: own.size > 0 ? null : error };
  // What the API said of another input than the one that stands there now is over.
  if (!isUnchanged || own.size > 0) return { faults: inView(used, own), error: null };
  const theirs = new Map(refused.map(({ part = '', text }): [string, string] => [part, text]));
  return { faults: inView(used, theirs), error };
}

/** The view JSON has one field, which shows all of them. */
function inView({ form }: UsedRunForm, faults: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (form.view === 'form' || faults.size === 0) return faults;
  const texts = [...faults].map(([name, text]) => (name === wholeText ? text : `${name}: ${text}`));
  return new Map([[wholeText, texts.join(' ')]]);
}
