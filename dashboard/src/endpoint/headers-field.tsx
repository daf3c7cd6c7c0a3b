import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';

type Pair = [name: string, value: string];

interface HeadersFieldProps {
  readonly headers: readonly Pair[];
  readonly onChange: (headers: Pair[]) => void;
  readonly fault: string;
}

const maxHeaders = 10;

/** Custom headers, such as an API key that the receiver requires. */
export function HeadersField({ headers, onChange, fault }: HeadersFieldProps) {
  const replace = (index: number, pair: Pair) =>
    onChange(headers.map((old, position) => (position === index ? pair : old)));
  return (
    <FormField
      label="Custom headers"
      description="Sent with every delivery. All members of this tenant can read them."
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
              <Input value={value} onChange={({ detail }) => replace(index, [name, detail.value])} />
            ),
          },
        ]}
      />
    </FormField>
  );
}
