import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import type { Pair } from './draft';

interface HeadersFieldProps {
  readonly headers: readonly Pair[];
  readonly onChange: (headers: readonly Pair[]) => void;
  /** What is wrong with the headers as a whole. */
  readonly fault: string;
  /** What is wrong with each row. */
  readonly rowFaults: ReadonlyMap<number, string>;
}

const maxHeaders = 10;

/** Custom headers, such as an API key that the receiver requires. */
export function HeadersField({ headers, onChange, fault, rowFaults }: HeadersFieldProps) {
  const replace = (index: number, pair: Pair) =>
    onChange(headers.map((old, position) => (position === index ? pair : old)));
  return (
    <FormField
      label="Custom headers"
      description="Sent with every delivery. Values are never shown again."
      errorText={fault}
    >
      <AttributeEditor
        items={headers}
        addButtonText="Add header"
        disableAddButton={headers.length >= maxHeaders}
        removeButtonText="Remove"
        removeButtonAriaLabel={([name]) => `Remove header ${name}`}
        empty="None"
        onAddButtonClick={() => onChange([...headers, ['', '']])}
        onRemoveButtonClick={({ detail }) => onChange(headers.toSpliced(detail.itemIndex, 1))}
        definition={[
          {
            label: 'Name',
            errorText: (_pair, index) => rowFaults.get(index),
            control: ([name, value], index) => (
              <Input
                value={name}
                placeholder="x-api-key"
                onChange={({ detail }) => replace(index, [detail.value, value])}
              />
            ),
          },
          {
            label: 'Value',
            control: ([name, value], index) => (
              <Input
                value={value ?? ''}
                placeholder={value === null ? 'Unchanged' : 'Enter a value'}
                onChange={({ detail }) => replace(index, [name, detail.value])}
              />
            ),
          },
        ]}
      />
    </FormField>
  );
}
