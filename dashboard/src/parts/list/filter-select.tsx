import Select from '@cloudscape-design/components/select';

interface FilterOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

interface FilterSelectProps {
  /** The field that is filtered, such as `Status`. */
  readonly label: string;
  /** The option that sets no filter, such as `Any`. */
  readonly any: string;
  readonly options: readonly FilterOption[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly searchable?: boolean;
  readonly loading?: boolean;
  /** Called when the options are about to be shown, for options that are read only then. */
  readonly onOpen?: () => void;
}

/** One filter of a list. */
export function FilterSelect({ label, any, options, value, onChange, searchable, loading, onOpen }: FilterSelectProps) {
  const all = [{ value: '', label: any }, ...options];
  const chosen =
    value === undefined ? all[0] : (all.find((option) => option.value === value) ?? { value, label: value });
  return (
    <Select
      ariaLabel={label}
      inlineLabelText={label}
      options={all}
      selectedOption={chosen ?? null}
      onChange={({ detail }) => onChange(detail.selectedOption.value === '' ? undefined : detail.selectedOption.value)}
      filteringType={searchable === true ? 'auto' : 'none'}
      filteringAriaLabel={`Find in ${label}`}
      statusType={loading === true ? 'loading' : 'finished'}
      onFocus={() => onOpen?.()}
      expandToViewport
    />
  );
}
