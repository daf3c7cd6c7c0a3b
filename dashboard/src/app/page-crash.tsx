import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import { useRouteError } from 'react-router';

/** A page that could not be drawn, or whose chunk a new deployment has replaced. */
export function PageCrash() {
  const error = useRouteError();
  return (
    <ContentLayout>
      <Alert
        type="error"
        header="This page could not be shown"
        action={<Button onClick={() => location.reload()}>Reload</Button>}
      >
        Reloading helps when the dashboard was updated in the meantime. {error instanceof Error && error.message}
      </Alert>
    </ContentLayout>
  );
}
