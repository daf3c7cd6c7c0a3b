import Checkbox from '@cloudscape-design/components/checkbox';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { inputFaultAt } from '../check/place-faults';
import { inputTypes, isInputType } from '../draft/inputs';
import { placeOfField } from '../history/difference';
import { Bounds, type InputFieldsProps } from './bounds';
import { ValueField } from './value-field';

const typeOptions = Object.entries(inputTypes).map(([value, label]) => ({ value, label }));

/** The fields of a declared input. What is seldom needed is folded away. */
export function InputFields({ input, faults, onChange }: InputFieldsProps) {
  const { key, name, type, description, isRequired } = input;
  const faultOf = (field: string) => inputFaultAt(faults, name, field);
  const isMoreUsed = input.choices !== '' || input.min !== '' || input.max !== '' || description !== '';
  return (
    <SpaceBetween size="xs">
      <div className="input-fields">
        <FormField label="Name" errorText={faultOf('') ?? faultOf('name')}>
          <div data-place={placeOfField(key, 'name')}>
            <Input
              value={name}
              placeholder="campaign"
              spellcheck={false}
              onChange={({ detail }) => onChange({ ...input, name: detail.value })}
            />
          </div>
        </FormField>
        <FormField label="Type" errorText={faultOf('type')}>
          <Select
            selectedOption={{ value: type, label: inputTypes[type] }}
            options={typeOptions}
            onChange={({ detail }) => {
              const chosen = detail.selectedOption.value;
              if (isInputType(chosen)) onChange({ ...input, type: chosen });
            }}
            expandToViewport
          />
        </FormField>
        <ValueField input={input} field="default" label="Default" fault={faultOf('default')} onChange={onChange} />
        <ValueField input={input} field="example" label="Example" fault={faultOf('example')} onChange={onChange} />
      </div>
      <FormField errorText={faultOf('required')}>
        <Checkbox checked={isRequired} onChange={({ detail }) => onChange({ ...input, isRequired: detail.checked })}>
          Required
        </Checkbox>
      </FormField>
      <ExpandableSection headerText="Description and limits" defaultExpanded={isMoreUsed}>
        <SpaceBetween size="xs">
          <FormField label="Description" errorText={faultOf('description')} stretch>
            <div data-place={placeOfField(key, 'description')}>
              <Input value={description} onChange={({ detail }) => onChange({ ...input, description: detail.value })} />
            </div>
          </FormField>
          <Bounds input={input} faults={faults} onChange={onChange} />
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}
