import type { BuildState } from '../dashboard/build-dashboard';
import { html, Html } from './html';
import { page, type Page } from './page';

export interface HomeLinks {
  readonly inboxUrl: string;
  readonly connectionFile: string;
}

/** The page at `/` while there is no built dashboard. */
export function homePage({ inboxUrl, connectionFile }: HomeLinks, state: BuildState): Page {
  return page(
    'Coffield Workflows',
    html`<main>
      <h1>Coffield Workflows</h1>
      ${dashboardState(state)}
      <ul class="links">
        <li><a href="/api/v1/reference">API reference</a> <span class="muted">every route, with its errors</span></li>
        <li><a href="${inboxUrl}">Webhook inbox</a> <span class="muted">what the seeded endpoints received</span></li>
        <li><a href="/api/v1/openapi.json">openapi.json</a> <span class="muted">the same routes for programs</span></li>
      </ul>
      <p>
        Tokens and workflows to try are in <code>${connectionFile}</code>. Everything else about the local run is in
        <code>docs/local-run.md</code>.
      </p>
    </main>`,
    state.is === 'building' ? refreshScript : undefined,
  );
}

function dashboardState(state: BuildState): Html {
  if (state.is === 'building') {
    return html`<p class="muted" role="status">
      The dashboard is being built for the first time, which takes about half a minute. This page then turns into the
      dashboard. Everything else is running already.
    </p>`;
  }
  if (state.is === 'failed') {
    return html`<p class="bad" role="alert">The dashboard could not be built. Everything else is running.</p>
      <pre>${state.output}</pre>`;
  }
  return html`<p class="muted">
    The product is running on this machine, but the dashboard is not built. To build it, run
    <code>npm run build:dashboard</code>.
  </p>`;
}

const refreshScript = new Html('setTimeout(() => location.reload(), 1000)');
