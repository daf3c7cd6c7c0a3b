import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import type { ReactNode } from 'react';
import { problemOf, type Problem } from '../api/api-error';
import { CapReached } from './cap-reached';

interface RefusalProps {
  readonly error: unknown;
  readonly action?: ReactNode;
}

/** Shows why a call failed and what to do about it, in the API's own words, and says it to screen readers. */
export function Refusal(props: RefusalProps) {
  return (
    <LiveRegion assertive>
      <Reason {...props} />
    </LiveRegion>
  );
}

function Reason({ error, action }: RefusalProps) {
  const problem = problemOf(error);
  if (problem.code === 'daily_cap_reached')
    return <CapReached resetsAt={problem.resets_at}>The run was not started.</CapReached>;
  return (
    <Alert type="error" header={problem.title} action={action}>
      {problem.detail}
      <Faults errors={problem.errors} />
      {problem.request_id !== null && (
        <Box variant="small" display="block">
          Request {problem.request_id}
        </Box>
      )}
    </Alert>
  );
}

/** Lists the faults if there are several. A single one is already in the problem's detail. */
function Faults({ errors }: Pick<Problem, 'errors'>) {
  if (errors.length < 2) return null;
  return (
    <ul>
      {errors.map(({ pointer, parameter, header, detail }, index) => (
        <li key={index}>
          <Box variant="code">{pointer ?? parameter ?? header}</Box> {detail}
        </li>
      ))}
    </ul>
  );
}
