import { html, Html } from '../pages/html';
import { page, type Page } from '../pages/page';
import type { InboxMessage } from './message';

/** The page and `GET /messages` tell the same; the page shows fewer. */
const shownLimit = 200;

export function inboxPage(messages: readonly InboxMessage[], origin: string): Page {
  return page(
    'Webhook inbox',
    html`<main>
      <h1>Webhook inbox</h1>
      <p class="muted">
        Register <code>${origin}/hooks/anything</code> as a webhook endpoint and its deliveries show up here, newest
        first. Add <code>?respond=500,timeout,200</code> to choose the answers to a delivery's attempts. As JSON:
        <a href="/messages">/messages</a>.
      </p>
      ${messages.length === 0 ? nothingYet : messages.slice(0, shownLimit).map(messageCard)}
    </main>`,
    refreshScript,
  );
}

const nothingYet = html`<div class="empty">
  <p><strong>Nothing received yet.</strong></p>
  <p class="muted">Run a workflow that fires a webhook event. This page refreshes itself.</p>
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

/** Replaces the list when there is something new, and leaves open what the reader has opened. */
const refreshScript = new Html(`
  let shown = document.querySelectorAll('details').length && document.querySelector('details').id;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      // Not the whole document: its styles carry a nonce of their own, which this page's policy would report.
      const [main] = /<main>[^]*<\\/main>/.exec(await (await fetch('/')).text());
      const fresh = new DOMParser().parseFromString(main, 'text/html').querySelector('main');
      const newest = fresh.querySelector('details')?.id ?? 0;
      if (newest === shown) return;
      shown = newest;
      const open = new Set([...document.querySelectorAll('details[open]')].map((card) => card.id));
      for (const card of fresh.querySelectorAll('details')) card.open = open.has(card.id);
      document.querySelector('main').replaceWith(fresh);
    } catch {
      // The local run was stopped; the next try may find it again.
    }
  }, 2000);
`);
