import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** What a person sees if their request cannot be sent back to the app, for example because nobody knows the app. */
export function errorPage(
  ctx: Pick<KoaContextWithOIDC, 'type' | 'set' | 'body'>,
  { error, error_description: description }: ErrorOut,
  origin: string,
): void {
  ctx.type = 'html';
  ctx.set({
    'content-security-policy': policy,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
  ctx.body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>The app could not be connected</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }
  code { overflow-wrap: anywhere }
</style>
<h1>The app could not be connected</h1>
<p>Nothing was approved. Start again from the app; if this page returns, tell its makers what it says here:</p>
<p><code>${escaped(error)}${description === undefined ? '' : `: ${escaped(description)}`}</code></p>
<p><a href="${escaped(origin)}/">Go to the dashboard</a></p>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
