import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { Run } from '../api/routes';
import { useRead } from '../api/use-api';
import { judgeInput } from '../run-now/input/judge-input';
import { declaredIn } from '../workflow/declared-inputs';

interface RerunMisfitProps {
  readonly run: Run;
  readonly runNow: () => void;
}

/** Says before a run is started again what of its input the current version of the recipe would refuse. */
export function RerunMisfit({ run, runNow }: RerunMisfitProps) {
  const { data: workflow } = useRead('GET workflows/{id}', { id: run.workflow_id });
  const { data: detail } = useRead('GET workflow-runs/{id}', { id: run.id });
  if (workflow === undefined || detail === undefined) return null;
  const faults = judgeInput(declaredIn(workflow), detail.input);
  if (faults.size === 0) return null;
  return (
    <div role="status">
      <Alert
        type="warning"
        header="The input of this run does not fit the current version"
        action={<Button onClick={runNow}>{runNowText}</Button>}
      >
        <ul>
          {[...faults].map(([name, { text }]) => (
            <li key={name}>
              {name}: {text}
            </li>
          ))}
        </ul>
      </Alert>
    </div>
  );
}

export const runNowText = 'Open Run now with its values';
