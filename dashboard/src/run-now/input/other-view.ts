import type { Declared } from '../../workflow/declared-inputs';
import { judgeInput } from './judge-input';
import { formOf, jsonText, readForm, wholeText, type RunForm } from './run-form';

/** The form in its other view, or why what is typed cannot be shown there: by the name of the input, as of `readForm`. */
export type OtherView =
  | { readonly form: RunForm; readonly faults?: never }
  | { readonly form?: never; readonly faults: ReadonlyMap<string, string> };

/** What is typed is the same in both views. What one of them cannot hold stays in the other. */
export function otherView(declared: readonly Declared[], form: RunForm): OtherView {
  const { input, unreadable } = readForm(declared, form);
  if (unreadable.size > 0) return { faults: unreadable };
  if (form.view === 'form')
    return { form: { ...form, view: 'json', text: input === undefined ? '' : jsonText(input) } };
  const { form: filled, misfits } = formOf(declared, input ?? {});
  if (misfits.length === 0) return { form: filled };
  const judged = judgeInput(declared, input ?? {});
  const texts = misfits.map((name) => `${name}: ${judged.get(name)?.text ?? 'Has no field that could show it.'}`);
  return { faults: new Map([[wholeText, `The form cannot show this yet. ${texts.join(' ')}`]]) };
}
