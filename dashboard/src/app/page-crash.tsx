import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import { useEffect, useState } from 'react';
import { useRouteError } from 'react-router';
import { useIsOffline } from '../api/connection';

/** Shown when rendering a page failed, or when its code could not be loaded: without a connection, or after an update. */
export function PageCrash() {
  const error = useRouteError();
  const isOffline = useIsOffline();
  const [wasOffline] = useState(isOffline);
  useEffect(() => {
    if (wasOffline && !isOffline) location.reload();
  }, [wasOffline, isOffline]);
  return (
    <ContentLayout>
      {isOffline ? (
        <Alert type="warning" header="This page is not loaded yet">
          It needs a connection, and opens by itself as soon as there is one.
        </Alert>
      ) : (
        <Alert
          type="error"
          header="This page could not be shown"
          action={<Button onClick={() => location.reload()}>Reload</Button>}
        >
          If the dashboard was updated while this tab was open, reloading fixes this.
          {/* What a browser says of code that it could not load helps nobody. */}
          {error instanceof Error && !(error instanceof TypeError) && ` ${error.message}`}
        </Alert>
      )}
    </ContentLayout>
  );
}
