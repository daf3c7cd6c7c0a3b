import FormField from '@cloudscape-design/components/form-field';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import type { Ref } from 'react';
import { useSession } from '../../session/session';
import { Fact } from './fact';

interface TenantFieldProps {
  readonly ref: Ref<SelectProps.Ref>;
  readonly chosen: string | undefined;
  readonly choose: (tenantId: string) => void;
  readonly disabled: boolean;
  /** True if the person pressed Approve without choosing. */
  readonly isMissing: boolean;
}

/** Shows the tenant of somebody who has one, and lets everybody else choose. */
export function TenantField({ ref, chosen, choose, disabled, isMissing }: TenantFieldProps) {
  const { me } = useSession();
  const options = me.tenants.map(({ id, name }) => ({ value: id, label: name }));
  if (options.length < 2) return <Fact label="For the tenant">{me.tenant.name}</Fact>;
  return (
    <FormField label="For the tenant" errorText={isMissing && 'Choose the tenant that the app may act for.'}>
      <Select
        ref={ref}
        selectedOption={options.find(({ value }) => value === chosen) ?? null}
        options={options}
        placeholder="Choose a tenant"
        filteringType={options.length > 10 ? 'auto' : 'none'}
        filteringAriaLabel="Find a tenant"
        disabled={disabled}
        onChange={({ detail }) => {
          if (detail.selectedOption.value !== undefined) choose(detail.selectedOption.value);
        }}
      />
    </FormField>
  );
}
