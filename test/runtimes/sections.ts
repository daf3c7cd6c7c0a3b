import { redirectFault, redirectPlace } from '../../functions/authorization-server/client/redirect-uri';
import { readClientMetadata } from '../../functions/authorization-server/client/client-metadata';
import { retryAfterSeconds } from '../../functions/domain/delivery/retry-after';
import { judgeEndpointUrl } from '../../functions/domain/endpoint/url';
import { nameSchema } from '../../functions/domain/text';
import { unfilledIn } from '../../functions/domain/workflow/unfilled';
import { noon } from '../support/builders';
import { answered } from './answered';
import { names, times } from './texts';
import { urls } from './urls';
import { sentWebhooks } from './webhooks';

/** What must not depend on the version of Node, each as lines of text. */
export const sections: Readonly<Record<string, () => Promise<readonly string[]> | readonly string[]>> = {
  'endpoint URLs': () => urls.map((url) => line(url, judge(url))),
  'endpoint URLs beside a local inbox': () =>
    urls.slice(0, 2_000).map((url) => line(url, judge(url, 'http://127.0.0.1:3001'))),
  'redirect addresses': () => urls.map((uri) => line(uri, redirectFault(uri) ?? redirectPlace(uri))),
  'names of apps': () =>
    names.map((name) =>
      line(name, readClientMetadata({ client_name: name, redirect_uris: ['https://app.example/cb'] }).client_name),
    ),
  'names that people write': () => names.map((name) => line(name, nameSchema.safeParse(name).data ?? 'refused')),
  'warnings of recipes': () =>
    names.map((name) => line(name, unfilledIn(`{{${name}}} {{input.${name}}} {{${name}`, 100))),
  'retry times': () => times.map((time) => line(time, retryAfterSeconds(time, noon))),
  'webhooks and signatures': sentWebhooks,
  'answers of the REST API': async () => (await answered()).answers,
  'stored rows': async () => (await answered()).rows,
  'openapi.json': async () => (await answered()).openApi,
};

function judge(url: string, localInboxOrigin?: string): unknown {
  const judged = judgeEndpointUrl(url, { ownHosts: ['own.example.net'], localInboxOrigin });
  return 'allowed' in judged ? judged.allowed : judged.refusedBy;
}

function line(given: string, result: unknown): string {
  return `${JSON.stringify(given)} ${JSON.stringify(result)}`;
}
