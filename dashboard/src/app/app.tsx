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
import './long-words.css';
import { newRouter } from './router';

export function App({ opening }: { opening: Promise<OpenSession> }) {
  const [queries] = useState(newQueryClient);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <Catch show={(error) => <SignInProblem error={error} />}>
        <Suspense fallback={<Opening />}>
          <QueryClientProvider client={queries}>
            <SessionGate opening={opening}>
              <NoticesProvider>
                <PageNamesProvider>
                  <Pages />
                </PageNamesProvider>
              </NoticesProvider>
            </SessionGate>
          </QueryClientProvider>
        </Suspense>
      </Catch>
    </I18nProvider>
  );
}

/**
 * The router reads the address when it is made. That is here, below the gate, because until the person is signed in the
 * address may be the one that the issuer leads back to and not the one that the person wanted.
 */
function Pages() {
  const [router] = useState(newRouter);
  return <RouterProvider router={router} />;
}
