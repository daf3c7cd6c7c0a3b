import { errorCodes } from '../../domain/errors';
import { problems } from '../../edge/http/problem';
import { documentOperations } from './files';
import { openApiDocument } from './openapi';
import type { Operation } from './operation';

const style = `
:root{color-scheme:light dark;--fg:#16191f;--dim:#5f6b7a;--line:#d5dbdb;--bg:#fff;--soft:#f4f6f8;--key:#0972d3}
@media(prefers-color-scheme:dark){:root{--fg:#e9ebed;--dim:#a4adb8;--line:#414d5c;--bg:#0f1b2a;--soft:#192534;--key:#539fe5}}
body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem 6rem;font:15px/1.55 system-ui,sans-serif;color:var(--fg);background:var(--bg)}
a{color:var(--key)}h1{font-size:1.7rem}h2{margin-top:3rem;border-bottom:1px solid var(--line)}
details{border:1px solid var(--line);border-radius:8px;margin:.6rem 0;padding:.5rem .9rem}summary{cursor:pointer}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{background:var(--soft);padding:.8rem;border-radius:6px;overflow:auto}
.m{display:inline-block;min-width:4.2rem;font-weight:700;color:var(--key)}.d{color:var(--dim)}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}`;

/** The reference as one page without scripts, generated from the same routes as openapi.json. */
export function referencePage(routes: readonly Operation[]): string {
  const { paths } = openApiDocument(routes);
  const operations = [...routes, ...documentOperations].map((route) =>
    section(route, paths[route.path]?.[route.method.toLowerCase()]),
  );
  const errors = errorCodes.map(
    (code) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${problems[code].status}</td><td>${problems[code].title}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Workflows API reference</title><style>${style}</style></head><body>
<h1>Workflows API</h1>
<p>Send an access token as <code>Authorization: Bearer cwf_pat_…</code>. Bodies are JSON. Lists answer
<code>{data, has_more, next_cursor}</code>, newest first. The machine-readable form is <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<h2>Operations</h2>${operations.join('')}
<h2>Errors</h2><p>Every refusal is <code>application/problem+json</code> with a stable <code>code</code>; <code>detail</code> says what to do and
<code>errors</code> names each place.</p><table><tr><th>code</th><th>status</th><th>title</th></tr>${errors.join('')}</table>
</body></html>`;
}

function section(route: Operation, operation: unknown): string {
  return `<details id="${route.operationId}"><summary><span class="m">${route.method}</span> <code>${escape(route.path)}</code>
<span class="d">${escape(route.summary)}</span></summary><pre>${escape(JSON.stringify(operation, null, 2))}</pre></details>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
