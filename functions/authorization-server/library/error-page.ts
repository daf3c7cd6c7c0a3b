import { createHash } from 'node:crypto';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { errorPageStyle } from './error-page-style';

/** Nothing but the one style is allowed, so that whatever an app puts into its address stays text. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(errorPageStyle).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What a person sees if their request cannot be sent back to the app, for example because nobody knows the app. */
export function errorPage(
  ctx: Pick<KoaContextWithOIDC, 'type' | 'get' | 'set' | 'body'>,
  { error, error_description: description }: ErrorOut,
  origin: string,
): void {
  ctx.type = 'html';
  ctx.set({
    'content-security-policy': policy,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
  const said = description === undefined ? error : `${error}: ${description}`;
  // An app that was approved may still end here, so the page does not say that nothing was approved.
  ctx.body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>The app could not be connected · Coffield Workflows</title>
<style>${errorPageStyle}</style>
</head>
<body>
<main>
<p class="product">Coffield Workflows</p>
<div class="container">
<h1>The app could not be connected</h1>
<p>It got no access. Start again from the app. If this page comes back, tell the makers of the app what went wrong:</p>
<p class="said"><code>${escaped(said)}</code></p>
<p class="request">Request ${escaped(ctx.get('x-request-id'))}</p>
<p><a href="${escaped(origin)}/">Go to the dashboard</a></p>
</div>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
