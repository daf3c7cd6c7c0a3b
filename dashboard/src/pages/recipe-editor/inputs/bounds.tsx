import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import type { InputType } from '../../../../../functions/domain/workflow/input/declaration';
import { inputFaultAt, type PlacedFaults } from '../check/place-faults';
import type { DraftInput } from '../draft/inputs';
import { placeOfField } from '../history/difference';

export interface InputFieldsProps {
  readonly input: DraftInput;
  readonly faults: PlacedFaults;
  readonly onChange: (input: DraftInput) => void;
}

/** What the bounds of each type are about. Types without bounds are left out. */
const bounded: Readonly<Partial<Record<InputType, string>>> = {
  string: 'characters',
  number: 'value',
  integer: 'value',
  array: 'items',
};
const withChoices: readonly InputType[] = ['string', 'number', 'integer'];

/** The least and the most that an input may be, and the values to choose from. What a type cannot have is shown only to be removed. */
export function Bounds({ input, faults, onChange }: InputFieldsProps) {
  const { key, name, type, choices } = input;
  const about = bounded[type] ?? 'not for this type';
  const hasBounds = bounded[type] !== undefined || input.min !== '' || input.max !== '';
  const bounds = [
    { field: 'min', label: 'At least', value: input.min },
    { field: 'max', label: 'At most', value: input.max },
  ] as const;
  return (
    <div className="input-fields">
      {hasBounds &&
        bounds.map(({ field, label, value }) => (
          <FormField key={field} label={`${label} (${about})`} errorText={inputFaultAt(faults, name, field)}>
            <div data-place={placeOfField(key, field)}>
              <Input
                value={value}
                inputMode="decimal"
                onChange={({ detail }) => onChange({ ...input, [field]: detail.value })}
              />
            </div>
          </FormField>
        ))}
      {(withChoices.includes(type) || choices !== '') && (
        <FormField
          label="Only these values"
          constraintText="One on each line."
          errorText={inputFaultAt(faults, name, 'enum')}
        >
          <div data-place={placeOfField(key, 'choices')}>
            <Textarea
              value={choices}
              rows={2}
              spellcheck={false}
              onChange={({ detail }) => onChange({ ...input, choices: detail.value })}
            />
          </div>
        </FormField>
      )}
    </div>
  );
}
