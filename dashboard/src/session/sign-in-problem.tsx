import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { problemOf } from '../api/api-error';
import { tryAgain } from './callback';
import './centered.css';
import { SignedOutHereOnly } from './problems';

/** Shown when the dashboard cannot be opened, whether the user is signed in or not. */
export function SignInProblem({ error, changeAccount }: { error: unknown; changeAccount?: () => void }) {
  const { title, detail, request_id: requestId } = problemOf(error);
  const isSignedOut = error instanceof SignedOutHereOnly;
  return (
    <main className="centered">
      <title>{`${title} · Coffield Workflows`}</title>
      <Alert
        type={isSignedOut ? 'warning' : 'error'}
        header={isSignedOut ? title : `The dashboard could not be opened: ${title.toLowerCase()}`}
        action={
          <SpaceBetween direction="horizontal" size="xs">
            {changeAccount && <Button onClick={changeAccount}>Sign in as someone else</Button>}
            <Button onClick={tryAgain}>{isSignedOut ? 'Sign in' : 'Try again'}</Button>
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
