import { html } from './html';
import { page, type Page } from './page';

export interface HomeLinks {
  readonly inboxUrl: string;
  readonly connectionFile: string;
}

/** What answers at `/` while there is no dashboard. */
export function homePage({ inboxUrl, connectionFile }: HomeLinks): Page {
  return page(
    'Coffield Workflows',
    html`<main>
      <h1>Coffield Workflows</h1>
      <p class="muted">The whole product, running on this machine.</p>
      <ul class="links">
        <li><a href="/api/v1/reference">API reference</a> <span class="muted">every route, with its errors</span></li>
        <li><a href="${inboxUrl}">Webhook inbox</a> <span class="muted">what the seeded endpoints received</span></li>
        <li><a href="/api/v1/openapi.json">openapi.json</a> <span class="muted">the same routes for programs</span></li>
      </ul>
      <p>Tokens and workflows to try are in <code>${connectionFile}</code>; <code>README.md</code> has the rest.</p>
    </main>`,
  );
}
