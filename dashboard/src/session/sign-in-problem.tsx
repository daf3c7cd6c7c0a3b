import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { problemOf } from '../api/api-error';
import './centered.css';

/** Shown when the dashboard cannot be opened, whether the user is signed in or not. */
export function SignInProblem({ error, changeAccount }: { error: unknown; changeAccount?: () => void }) {
  const { title, detail, request_id: requestId } = problemOf(error);
  return (
    <main className="centered">
      <Alert
        type="error"
        header={`The dashboard could not be opened: ${title.toLowerCase()}`}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            {changeAccount && <Button onClick={changeAccount}>Sign in as someone else</Button>}
            <Button onClick={() => location.reload()}>Try again</Button>
          </SpaceBetween>
        }
      >
        {detail}
        {requestId !== null && (
          <Box variant="small" display="block">
            Request {requestId}
          </Box>
        )}
      </Alert>
    </main>
  );
}
