import FormField, { type FormFieldProps } from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useRef } from 'react';
import type { Store } from '../../../../store';
import type { DraftState } from '../../draft/state';
import { InsertInput } from './insert-input';
import { Suggestions } from './suggestions';

interface TextWithInputsProps extends Pick<FormFieldProps, 'label' | 'description'> {
  readonly draft: Store<DraftState>;
  /** Names the field in the history. */
  readonly place: string;
  readonly value: string;
  readonly rows: number;
  readonly placeholder: string;
  readonly isJson?: boolean;
  readonly fault: string | undefined;
  readonly warning: string | undefined;
  readonly onChange: (text: string) => void;
}

const help = "{{input.campaign}} becomes that value of a run's input. For {{ itself, write {{'{{'}}.";

/** A text with placeholders of inputs, which a menu puts in and warnings mend. */
export function TextWithInputs(props: TextWithInputsProps) {
  const {
    label,
    description,
    draft,
    place,
    value,
    rows,
    placeholder,
    isJson = false,
    fault,
    warning,
    onChange,
  } = props;
  const box = useRef<HTMLDivElement>(null);
  return (
    <div>
      <FormField
        label={label}
        description={description}
        constraintText={help}
        errorText={fault}
        warningText={warning}
        stretch
      >
        <div ref={box} data-place={place}>
          <Textarea
            value={value}
            rows={rows}
            spellcheck={!isJson}
            placeholder={placeholder}
            onChange={({ detail }) => onChange(detail.value)}
          />
        </div>
      </FormField>
      <div className="text-acts">
        <InsertInput draft={draft} place={box} isJson={isJson} onChange={onChange} />
        <Suggestions warning={warning} text={value} onChange={onChange} />
      </div>
    </div>
  );
}
