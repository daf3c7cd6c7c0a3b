import type { BuildState } from '../dashboard/build-dashboard';
import { html, Html } from './html';
import { page, type Page } from './page';

export interface HomeLinks {
  readonly inboxUrl: string;
  readonly connectionFile: string;
}

/** What answers at `/` while there is no dashboard. */
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
        Tokens and workflows to try are in <code>${connectionFile}</code>; <code>docs/local-run.md</code> has the rest.
      </p>
    </main>`,
    state.is === 'building' ? refreshScript : undefined,
  );
}

function dashboardState(state: BuildState): Html {
  if (state.is === 'building') {
    return html`<p class="muted" role="status">
      The dashboard is being built, this once: about half a minute. This page becomes it by itself; everything else
      runs.
    </p>`;
  }
  if (state.is === 'failed') {
    return html`<p class="bad" role="alert">The dashboard could not be built. Everything else runs.</p>
      <pre>${state.output}</pre>`;
  }
  return html`<p class="muted">
    The whole product, running on this machine, without its dashboard: <code>npm run build:dashboard</code> makes it.
  </p>`;
}

const refreshScript = new Html('setTimeout(() => location.reload(), 1000)');
