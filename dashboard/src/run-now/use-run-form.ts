import { useState } from 'react';
import type { JsonObject } from '../../../functions/domain/json';
import { useSession } from '../session/session';
import { keepLastInput } from '../session/last-inputs';
import type { Declared } from '../workflow/declared-inputs';
import type { FieldText } from './input/field-text';
import { keepLastValues, lastValues } from './input/last-values';
import { otherView } from './input/other-view';
import { emptyForm, formOf, jsonText, readForm, type ReadForm, type RunForm } from './input/run-form';

/** Where the values come from that stood in the form when it was opened. */
export type Prefilled = 'last' | 'run';

/** The form of a run's input, and what can be done to it. */
export interface UsedRunForm extends ReadForm {
  readonly form: RunForm;
  /** Undefined once they were cleared. */
  readonly prefilled: Prefilled | undefined;
  /** Names of values of the run before that have no place in the form. */
  readonly misfits: readonly string[];
  /** Why the other view cannot show what is typed, by name. Goes away with the next change. */
  readonly stuck: ReadonlyMap<string, string> | undefined;
  readonly setField: (name: string, field: FieldText) => void;
  readonly setExtra: (text: string) => void;
  readonly setText: (text: string) => void;
  readonly turn: (view: RunForm['view']) => void;
  /** Empties the form, and forgets what was entered last. */
  readonly clear: () => void;
  /** Keeps what was entered for the next run. */
  readonly keep: () => void;
}

/** @param earlier the input of a run that is to be run again */
export function useRunForm(
  workflowId: number,
  declared: readonly Declared[],
  earlier: JsonObject | undefined,
): UsedRunForm {
  const { me, email } = useSession();
  const owner = { email, tenantId: me.tenant.id, workflowId };
  const [begin] = useState(() => {
    const last = earlier ?? lastValues(owner, declared);
    const from: Prefilled = earlier === undefined ? 'last' : 'run';
    if (last === undefined) return { form: emptyForm, misfits: [], from: undefined };
    const { form, misfits } = formOf(declared, last);
    return { form: declared.length === 0 ? { ...form, text: jsonText(last) } : form, misfits, from };
  });
  const [form, setForm] = useState(begin.form);
  const [isCleared, setIsCleared] = useState(false);
  const [stuck, setStuck] = useState<ReadonlyMap<string, string>>();
  const change = (changed: RunForm) => {
    setForm(changed);
    setStuck(undefined);
  };
  // A recipe that declares nothing has no fields, so its input is JSON.
  const shown: RunForm = declared.length === 0 ? { ...form, view: 'json' } : form;
  const read = readForm(declared, shown);
  return {
    ...read,
    form: shown,
    prefilled: isCleared ? undefined : begin.from,
    misfits: isCleared ? [] : begin.misfits,
    stuck,
    setField: (name, field) => change({ ...form, fields: { ...form.fields, [name]: field } }),
    setExtra: (extra) => change({ ...form, extra }),
    // Stays in view if the recipe turns out to declare inputs: then what was typed is not out of sight.
    setText: (text) => change({ ...form, view: 'json', text }),
    turn: (view) => {
      if (view === shown.view) return;
      const turned = otherView(declared, shown);
      if (turned.form === undefined) setStuck(turned.faults);
      else change(turned.form);
    },
    clear: () => {
      change({ ...emptyForm, view: form.view });
      setIsCleared(true);
      keepLastInput(owner, undefined);
    },
    keep: () => keepLastValues(owner, declared, read.input ?? {}),
  };
}
