import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { serverNow } from '../../api/server-clock';

const choices = [30, 90, 365];
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

interface ExpiryFieldProps {
  readonly days: number;
  readonly onChange: (days: number) => void;
  readonly disabled: boolean;
}

/** Until when the app may act. */
export function ExpiryField({ days, onChange, disabled }: ExpiryFieldProps) {
  const options = choices.map((count) => ({ value: String(count), label: `For ${count} days`, count }));
  return (
    <FormField
      label="Until when"
      constraintText={`Until ${endOf(days)}, or until somebody revokes it under Access tokens, Connected apps.`}
    >
      <Select
        selectedOption={options.find(({ count }) => count === days) ?? null}
        options={options}
        disabled={disabled}
        onChange={({ detail }) => onChange(Number(detail.selectedOption.value))}
      />
    </FormField>
  );
}

function endOf(days: number): string {
  return date.format(serverNow() + days * 86_400_000);
}
