import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState, useSyncExternalStore } from 'react';
import { problemOf } from '../../api/api-error';
import { useSession } from '../session';

/** Whether the session has ended, and what a message about it offers. */
export function useSignInAgain() {
  const { end, signInAgain } = useSession();
  const isEnded = useSyncExternalStore(end.subscribe, end.isEnded);
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
