import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import type { DraftInput } from '../draft/inputs';
import { placeOfField } from '../history/difference';

interface ValueFieldProps {
  readonly input: DraftInput;
  readonly field: 'default' | 'example';
  readonly label: string;
  readonly fault: string | undefined;
  readonly onChange: (input: DraftInput) => void;
}

const answers = [
  { value: '', label: 'None' },
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** A value of the input's type. An empty field means none. */
export function ValueField({ input, field, label, fault, onChange }: ValueFieldProps) {
  const { key, type } = input;
  const value = input[field];
  const change = (text: string) => onChange({ ...input, [field]: text });
  const isJson = type === 'object' || type === 'array';
  return (
    <FormField label={label} errorText={fault} constraintText={isJson ? 'As JSON.' : undefined}>
      <div data-place={placeOfField(key, field)}>
        {type === 'boolean' ? (
          <Select
            selectedOption={answers.find((answer) => answer.value === value) ?? { value, label: value }}
            options={answers}
            onChange={({ detail }) => change(detail.selectedOption.value ?? '')}
            expandToViewport
          />
        ) : isJson ? (
          <Textarea value={value} rows={2} spellcheck={false} onChange={({ detail }) => change(detail.value)} />
        ) : (
          <Input
            value={value}
            {...(type !== 'string' && { inputMode: 'decimal' as const })}
            onChange={({ detail }) => change(detail.value)}
          />
        )}
      </div>
    </FormField>
  );
}
