import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Version } from '../../../api/routes';

interface ChoiceProps {
  readonly versions: readonly Version[];
  readonly from: number;
  readonly to: number;
  readonly choose: (from: number, to: number) => void;
}

/** Chooses any two versions to compare. */
export function Choice({ versions, from, to, choose }: ChoiceProps) {
  const options = versions.map(({ version, current }) => optionOf(version, current));
  const named = (chosen: number) => options.find(({ value }) => value === String(chosen)) ?? optionOf(chosen, false);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <span>Compare</span>
      <Select
        ariaLabel="Compare from"
        selectedOption={named(from)}
        options={options}
        onChange={({ detail }) => choose(Number(detail.selectedOption.value), to)}
        expandToViewport
      />
      <span>with</span>
      <Select
        ariaLabel="Compare with"
        selectedOption={named(to)}
        options={options}
        onChange={({ detail }) => choose(from, Number(detail.selectedOption.value))}
        expandToViewport
      />
      <Button onClick={() => choose(to, from)}>Swap</Button>
    </SpaceBetween>
  );
}

function optionOf(version: number, current: boolean) {
  return { value: String(version), label: `Version ${version}${current ? ', current' : ''}` };
}
