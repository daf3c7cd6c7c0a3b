import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { seconds } from '../../../parts/duration';
import { plural } from '../../../parts/plural';
import { RecipeWarnings } from '../../../workflow/recipe-warnings';
import type { PlacedFaults } from './place-faults';
import type { Check } from './use-check';

interface CheckResultProps {
  readonly check: Check;
  readonly faults: PlacedFaults;
  /** Also lists the faults and warnings of steps, where no fields show them. */
  readonly showSteps: boolean;
}

/** The result of the API's check of the recipe. */
export function CheckResult({ check: { isChecking, valid, problem }, faults, showSteps }: CheckResultProps) {
  if (valid !== undefined) {
    const { steps_total: steps, total_delay_seconds: delay, events, warnings = [] } = valid;
    return (
      <SpaceBetween size="xs">
        <StatusIndicator type={isChecking ? 'loading' : warnings.length > 0 ? 'warning' : 'success'}>
          Valid: {plural(steps, 'step')}, waits {seconds(delay)}
          {events.length > 0 && `, fires ${events.join(', ')}`}
          {warnings.length > 0 && `, with ${plural(warnings.length, 'warning')}`}
        </StatusIndicator>
        {showSteps && <RecipeWarnings warnings={warnings} />}
      </SpaceBetween>
    );
  }
  if (problem === undefined) return <StatusIndicator type="loading">Checking</StatusIndicator>;
  const listed = [
    ...faults.recipe,
    ...(showSteps ? [...faults.inputs].map(([place, text]) => `${inputName(place)}: ${text}`) : []),
    ...(showSteps ? [...faults.steps].map(([place, text]) => `${stepName(place)}: ${text}`) : []),
  ];
  return (
    <Alert type="error" header={problem.title}>
      {problem.code === 'invalid_recipe' ? 'The recipe cannot be saved like this.' : problem.detail}
      {listed.length > 0 && (
        <ul>
          {listed.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

/** `campaign.default` becomes `Input campaign, default`. */
function inputName(place: string): string {
  const [name, field] = place.split('.', 2);
  return `Input ${name}${field === undefined || field === '' ? '' : `, ${field}`}`;
}

/** `2.seconds` becomes `Step 3, seconds`. */
function stepName(place: string): string {
  const [index, field] = place.split('.', 2);
  return `Step ${Number(index) + 1}${field === undefined || field === '' ? '' : `, ${field}`}`;
}
