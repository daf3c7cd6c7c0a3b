import { curlSample } from './curl-sample';
import type { ApiDocument } from './load-document';
import { mapOperations, type Operation } from './operations';
import type { ExplainedError } from './take-errors';

const authentication = `

# Authentication

Send an access token as \`Authorization: Bearer cwf_pat_…\`. Members issue tokens in the [dashboard](/access-tokens).

<SecurityDefinitions />`;

/**
 * Adds to openapi.json what only readers of the page need: how to sign in, a command for each operation, the name that
 * generated clients give it (which the search then finds), and the error codes.
 */
export function completeDocument(document: ApiDocument, errors: readonly ExplainedError[]): ApiDocument {
  return {
    ...document,
    info: { ...document.info, description: `${document.info.description ?? ''}${authentication}` },
    tags: [...(document.tags ?? []), { name: 'Errors', description: errorsInMarkdown(errors) }],
    paths: mapOperations(document.paths, (placed) => ({
      ...placed.operation,
      ...described(placed.operation, firstClause),
      'x-codeSamples': [{ lang: 'bash', label: 'curl', source: curlSample(placed, location.origin) }],
    })),
    ...(document.webhooks !== undefined && {
      webhooks: mapOperations(document.webhooks, ({ path: event, operation }) => ({
        ...operation,
        ...described(operation, () => event),
      })),
    }),
  };
}

/** A short title for the menu. What the summary says beyond it begins the description. */
function described(
  { summary = '', description = '', operationId = '' }: Operation,
  title: (summary: string) => string,
) {
  const short = title(summary);
  const rest = summary.startsWith(`${short}; `) ? summary.slice(short.length + 2) : summary;
  return {
    summary: short,
    description: [
      ...(rest === short ? [] : [`${rest.charAt(0).toUpperCase()}${rest.slice(1)}.`]),
      description,
      `Operation id: \`${operationId}\``,
    ].join('\n\n'),
  };
}

function firstClause(summary: string): string {
  return summary.split('; ', 1).join();
}

/** Redoc gives each heading of the second level an entry in the menu. */
function errorsInMarkdown(errors: readonly ExplainedError[]): string {
  const introduction =
    'Every refusal is `application/problem+json` (RFC 9457). `code` is stable, `detail` says what to do, and `errors` ' +
    'names each invalid place.';
  return [introduction, ...errors.map(({ code, html }) => `## ${code}\n\n${html}`)].join('\n\n');
}
