import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Declared } from '../../workflow/declared-inputs';
import { emptyField } from '../input/field-text';
import { wholeText } from '../input/run-form';
import type { UsedRunForm } from '../use-run-form';
import { InputField } from './field';

interface InputFormProps {
  readonly declared: readonly Declared[];
  readonly used: UsedRunForm;
  /** What is shown as wrong, by the name of the input. */
  readonly faults: ReadonlyMap<string, string>;
}

/** A field for each input that the recipe declares, and one for what it does not. */
export function InputForm({ declared, used, faults }: InputFormProps) {
  return (
    <SpaceBetween size="m">
      {declared.map(([name, input]) => (
        <InputField
          key={name}
          name={name}
          input={input}
          field={used.form.fields[name] ?? emptyField}
          fault={faults.get(name)}
          onChange={(field) => used.setField(name, field)}
        />
      ))}
      <FurtherValues text={used.form.extra} fault={faults.get(wholeText)} onChange={used.setExtra} />
    </SpaceBetween>
  );
}

interface FurtherValuesProps {
  readonly text: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
}

function FurtherValues({ text, fault, onChange }: FurtherValuesProps) {
  const [isOpen, setIsOpen] = useState(text !== '');
  return (
    <ExpandableSection
      headerText="Further values"
      headerDescription="Optional: values that the recipe does not declare."
      // A fault that nobody sees would leave the button without an effect.
      expanded={isOpen || fault !== undefined}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      <FormField label="Further values as JSON" errorText={fault} stretch>
        <Textarea
          value={text}
          onChange={({ detail }) => onChange(detail.value)}
          placeholder={'{"reference": "A-17"}'}
          rows={4}
          spellcheck={false}
          autoComplete={false}
        />
      </FormField>
    </ExpandableSection>
  );
}
