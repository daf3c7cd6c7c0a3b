import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Input as DeclaredInput } from '../../../../functions/domain/workflow/input/declaration';
import { boundsOf } from '../../workflow/input-words';
import { acceptsEmpty, kindOf, type FieldText } from '../input/field-text';
import { Choice } from './choice';
import { constraintOf, presetOf } from './constraint';
import './form.css';

interface InputFieldProps {
  readonly name: string;
  readonly input: DeclaredInput;
  readonly field: FieldText;
  readonly fault: string | undefined;
  readonly onChange: (field: FieldText) => void;
}

/** The field of one declared input. What is left empty is not sent, so that the default applies. */
export function InputField(props: InputFieldProps) {
  const { name, input, field, fault, onChange } = props;
  return (
    <SpaceBetween size="xxs">
      <FormField
        label={
          <>
            {name}
            {input.required === true && <i> – required</i>}
          </>
        }
        description={input.description}
        constraintText={constraintOf(input)}
        errorText={fault}
        stretch
      >
        <Control {...props} />
      </FormField>
      {acceptsEmpty(input) && (
        <div className={field.text === '' ? '' : 'sends-empty-not-asked'}>
          <Checkbox
            checked={field.text === '' && field.sendsEmpty}
            onChange={({ detail }) => onChange({ ...field, sendsEmpty: detail.checked })}
          >
            Send {name} as an empty text
          </Checkbox>
        </div>
      )}
    </SpaceBetween>
  );
}

function Control({ name, input, field, fault, onChange }: InputFieldProps) {
  const kind = kindOf(input);
  // Chosen once: a field that became another one at some key would lose the focus.
  const [isLong] = useState(() => kind === 'json' || (kind === 'text' && isForLongText(input, field.text)));
  const type = (text: string) => onChange({ text, sendsEmpty: false });
  const shared = {
    value: field.text,
    placeholder: field.sendsEmpty ? '' : presetOf(input),
    invalid: fault !== undefined,
    ariaRequired: input.required === true,
    spellcheck: kind === 'text',
    autoComplete: false,
  };
  if (kind === 'choice') return <Choice input={input} text={field.text} fault={fault} onChange={type} />;
  if (isLong) {
    return (
      <Textarea {...shared} name={name} rows={kind === 'json' ? 4 : 3} onChange={({ detail }) => type(detail.value)} />
    );
  }
  return (
    <Input
      {...shared}
      name={name}
      inputMode={kind === 'number' ? (input.type === 'integer' ? 'numeric' : 'decimal') : 'text'}
      onChange={({ detail }) => type(detail.value)}
    />
  );
}

const longCharacters = 100;

/** A field of one line drops line breaks, so a text that has some, or is meant to be long, gets more lines. */
function isForLongText(input: DeclaredInput, text: string): boolean {
  const texts = [text, input.default, input.example].filter((one) => typeof one === 'string');
  return (
    (boundsOf(input).max ?? 0) > longCharacters ||
    texts.some((one) => one.length > longCharacters || one.includes('\n'))
  );
}
