import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { RouterProvider } from 'react-router';
import { newQueryClient } from '../api/query-client';
import { NoticesProvider } from '../parts/notices';
import { PageNamesProvider } from '../parts/page-names';
import type { OpenSession } from '../session/open-session';
import { Opening } from '../session/opening';
import { SessionGate } from '../session/session-gate';
import { SignInProblem } from '../session/sign-in-problem';
import { Catch } from './catch';
import { newRouter } from './router';

export function App({ opening }: { opening: Promise<OpenSession> }) {
  const [queries] = useState(newQueryClient);
  const [router] = useState(newRouter);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <Catch show={(error) => <SignInProblem error={error} />}>
        <Suspense fallback={<Opening />}>
          <QueryClientProvider client={queries}>
            <SessionGate opening={opening}>
              <NoticesProvider>
                <PageNamesProvider>
                  <RouterProvider router={router} />
                </PageNamesProvider>
              </NoticesProvider>
            </SessionGate>
          </QueryClientProvider>
        </Suspense>
      </Catch>
    </I18nProvider>
  );
}
