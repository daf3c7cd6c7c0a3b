import Select, { type SelectProps } from '@cloudscape-design/components/select';
import type { Input } from '../../../../functions/domain/workflow/input/declaration';
import { choicesOf, valueInWords } from '../../workflow/input-words';

interface ChoiceProps {
  readonly input: Input;
  /** The JSON of the chosen value, or empty if the input is left out. */
  readonly text: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
}

/** More choices than fit on a screen can be searched. */
const manyChoices = 10;

/** The choices of an input. Yes and no are choices too, because a box that is not ticked would not tell no from left out. */
export function Choice({ input, text, fault, onChange }: ChoiceProps) {
  const choices = choicesOf(input) ?? [];
  const leftOut: SelectProps.Option = {
    value: '',
    label: input.default === undefined ? 'Left out' : `Left out (${nameOf(input.default)} is used)`,
  };
  const options = [
    ...(input.required === true ? [] : [leftOut]),
    ...choices.map((choice): SelectProps.Option => ({ value: JSON.stringify(choice), label: nameOf(choice) })),
  ];
  return (
    <Select
      selectedOption={options.find(({ value }) => value === text) ?? null}
      options={options}
      placeholder="Choose"
      filteringType={choices.length > manyChoices ? 'auto' : 'none'}
      invalid={fault !== undefined}
      ariaRequired={input.required === true}
      expandToViewport
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  );
}

function nameOf(choice: unknown): string {
  if (typeof choice === 'boolean') return choice ? 'Yes (true)' : 'No (false)';
  return choice === '' ? '(empty text)' : typeof choice === 'string' ? choice : valueInWords(choice);
}
