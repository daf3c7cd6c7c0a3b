import '@cloudscape-design/global-styles/index.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followColorMode } from './app/color-mode';
import { openDashboard } from './app/start/open-dashboard';
import { signInWindowId } from './session/end/window/open';

followColorMode();
const windowId = signInWindowId();
if (windowId === undefined) show(<App opening={openDashboard()} />);
else void showSignInWindow(windowId);

/** This window only signs in, for a page whose session has ended. */
async function showSignInWindow(id: string): Promise<void> {
  const [{ WindowPage }, { signInForOtherPage }] = await Promise.all([
    import('./session/end/window/page'),
    import('./session/end/window/sign-in'),
  ]);
  show(<WindowPage outcome={signInForOtherPage(id)} />);
}

function show(content: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  createRoot(root).render(<StrictMode>{content}</StrictMode>);
}
