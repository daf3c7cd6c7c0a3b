import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Suspense, use } from 'react';
import '../../centered.css';
import { Opening } from '../../opening';
import { SignInProblem } from '../../sign-in-problem';
import type { Outcome } from './sign-in';

/** The window in which a person signs in for the page that opened it. It closes itself where the browser lets it. */
export function WindowPage({ outcome }: { outcome: Promise<Outcome> }) {
  return (
    <Suspense fallback={<Opening />}>
      <Result outcome={outcome} />
    </Suspense>
  );
}

function Result({ outcome }: { outcome: Promise<Outcome> }) {
  const result = use(outcome);
  if (typeof result === 'object') return <SignInProblem error={result.error} />;
  return (
    <main className="centered">
      <title>Signed in · Coffield Workflows</title>
      {result === 'handed over' ? (
        <Alert type="success" header="You are signed in">
          Close this window and go on where you were.
        </Alert>
      ) : (
        <Alert
          type="success"
          header="You are signed in"
          action={<Button onClick={() => location.assign('/')}>Open the dashboard</Button>}
        >
          The page that asked for it is no longer open.
        </Alert>
      )}
    </main>
  );
}
