import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, Html } from './html';

const styles = new Html(readFileSync(join(__dirname, 'page.css'), 'utf8'));

/** A response with a page, ready to be sent. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Builds a complete page. It loads nothing from anywhere, and is light or dark like the reader's system.
 *
 * @param formTargets origins to which a form of the page may lead, including every redirect on the way
 */
export function page(title: string, body: Html, script: Html = html``, formTargets: readonly string[] = []): Page {
  const nonce = randomBytes(16).toString('base64');
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          ${styles}
        </style>
      </head>
      <body>
        ${body}
        <script nonce="${nonce}">
          ${script};
        </script>
      </body>
    </html>`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': [
        "default-src 'none'",
        'img-src data:',
        "connect-src 'self'",
        `style-src 'nonce-${nonce}'`,
        `script-src 'nonce-${nonce}'`,
        "base-uri 'none'",
        formTargets.length === 0 ? "form-action 'none'" : `form-action 'self' ${formTargets.join(' ')}`,
        "frame-ancestors 'none'",
      ].join('; '),
    },
    body: Buffer.from(markup),
  };
}
