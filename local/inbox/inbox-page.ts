import { html, Html } from '../pages/html';
import { page, type Page } from '../pages/page';
import type { InboxMessage } from './message';

/** The page shows the same messages as `GET /messages`, but at most this many. */
const shownLimit = 200;

export function inboxPage(messages: readonly InboxMessage[], origin: string): Page {
  return page(
    'Webhook inbox',
    html`<main>
      <h1>Webhook inbox</h1>
      <p class="muted">
        Register <code>${origin}/hooks/anything</code> as a webhook endpoint, and its deliveries appear here, newest
        first. Add <code>?respond=500,timeout,200</code> to its URL to choose how the inbox answers the first, second
        and later attempts of a delivery. The same messages as JSON: <a href="/messages">/messages</a>.
      </p>
      ${messages.length === 0 ? nothingYet : messages.slice(0, shownLimit).map(messageCard)}
    </main>`,
    refreshScript,
  );
}

const nothingYet = html`<div class="empty">
  <p><strong>Nothing received yet.</strong></p>
  <p class="muted">Run a workflow that fires a webhook event. This page updates by itself.</p>
</div>`;

function messageCard(message: InboxMessage): Html {
  const { received_at, type, tenant, endpoint_id, webhook_id, verified, headers, body, responded } = message;
  return html`<details class="card" id="${webhook_id ?? 'none'}-${received_at}">
    <summary>
      <span class="mono muted">${received_at.slice(11, 23)}</span>
      <strong>${type ?? 'unknown event'}</strong>
      <span class="muted grow">${tenant === null ? 'not from this product' : `to ${tenant}`}</span>
      ${responded === 200 ? [] : [html`<span class="badge muted">answered ${responded}</span>`]}
      ${
        verified
          ? html`<span class="badge good">✓ signature verified</span>`
          : html`<span class="badge bad">✗ not verified</span>`
      }
    </summary>
    <div class="inside">
      <p class="muted">
        Delivery <code>${webhook_id ?? 'none'}</code> · endpoint <code>${endpoint_id ?? 'unknown'}</code> ·
        <time datetime="${received_at}">${received_at}</time>
      </p>
      <strong>Body</strong>
      <pre>${indented(body)}</pre>
      <strong>Headers</strong>
      <pre>
${Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}</pre>
    </div>
  </details>`;
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Replaces the list when there is a new message, and keeps open the messages that the reader has opened. */
const refreshScript = new Html(`
  let shown = document.querySelectorAll('details').length && document.querySelector('details').id;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      // Parses only <main>: the styles of the new document have another nonce, which this page's policy would report.
      const [main] = /<main>[^]*<\\/main>/.exec(await (await fetch('/')).text());
      const fresh = new DOMParser().parseFromString(main, 'text/html').querySelector('main');
      const newest = fresh.querySelector('details')?.id ?? 0;
      if (newest === shown) return;
      shown = newest;
      const open = new Set([...document.querySelectorAll('details[open]')].map((card) => card.id));
      for (const card of fresh.querySelectorAll('details')) card.open = open.has(card.id);
      document.querySelector('main').replaceWith(fresh);
    } catch {
      // The local run was stopped. The next try may succeed after a restart.
    }
  }, 2000);
`);
