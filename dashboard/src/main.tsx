import '@cloudscape-design/global-styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { followColorMode } from './app/color-mode';
import { openDashboard } from './app/start/open-dashboard';

followColorMode();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App opening={openDashboard()} />
  </StrictMode>,
);
