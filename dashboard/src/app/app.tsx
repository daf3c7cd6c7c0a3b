import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, use } from 'react';
import { RouterProvider } from 'react-router';
import { NoticesProvider } from '../parts/notices';
import { PageNamesProvider } from '../parts/page-names';
import { Opening } from '../session/opening';
import { SessionGate } from '../session/session-gate';
import { SignInProblem } from '../session/sign-in-problem';
import { Catch } from './catch';
import './long-words.css';
import type { OpenDashboard } from './start/open-dashboard';

export function App({ opening }: { opening: Promise<OpenDashboard> }) {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <Catch show={(error) => <SignInProblem error={error} />}>
        <Suspense fallback={<Opening />}>
          <Dashboard opening={opening} />
        </Suspense>
      </Catch>
    </I18nProvider>
  );
}

function Dashboard({ opening }: { opening: Promise<OpenDashboard> }) {
  const { session, queries, router } = use(opening);
  return (
    <QueryClientProvider client={queries}>
      <SessionGate open={session}>
        <NoticesProvider>
          <PageNamesProvider>
            <RouterProvider router={router} />
          </PageNamesProvider>
        </NoticesProvider>
      </SessionGate>
    </QueryClientProvider>
  );
}
