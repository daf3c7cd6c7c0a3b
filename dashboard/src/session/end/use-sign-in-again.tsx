import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { problemOf } from '../../api/api-error';
import { useSelected } from '../../store';
import { useSession } from '../session';

/** Whether the session has ended, and what a message about it offers. */
export function useSignInAgain() {
  const { end, signInAgain } = useSession();
  const isEnded = useSelected(end, (is) => is);
  const [error, setError] = useState<unknown>();
  const start = () => {
    setError(undefined);
    signInAgain().catch(setError);
  };
  return {
    isEnded,
    button: <Button onClick={start}>Sign in again</Button>,
    /** Why leaving for the sign-in service failed. */
    failure: error !== undefined && <Box color="inherit">{problemOf(error).detail}</Box>,
  };
}
