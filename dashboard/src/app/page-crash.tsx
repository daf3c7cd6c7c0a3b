import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import { useRouteError } from 'react-router';

/** Shown when rendering a page failed, or when a new deployment has replaced the page's chunk. */
export function PageCrash() {
  const error = useRouteError();
  return (
    <ContentLayout>
      <Alert
        type="error"
        header="This page could not be shown"
        action={<Button onClick={() => location.reload()}>Reload</Button>}
      >
        If the dashboard was updated while this tab was open, reloading fixes this.{' '}
        {error instanceof Error && error.message}
      </Alert>
    </ContentLayout>
  );
}
