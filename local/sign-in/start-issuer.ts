import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { DataFolder } from '../data-folder';
import { closeServer, listenOnLoopback, loopback } from '../listen';
import { readBody } from '../read-body';
import type { Page } from '../pages/page';
import { demoPassword, type DemoUser } from './demo-users';
import { issuerSecrets } from './issuer-secrets';
import { openProvider, originsOf, subjectOf, type IssuerClient } from './open-provider';
import { signInPage } from './sign-in-page';

export interface Issuer {
  readonly origin: string;
  /** Starts answering. Earlier requests wait. */
  readonly serve: (client: IssuerClient, users: readonly DemoUser[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Served {
  readonly provider: Provider;
  readonly users: readonly DemoUser[];
  readonly returnTo: readonly string[];
}

const formLimitBytes = 16 * 1024;

/** Emulates the user pool: a real OpenID Connect issuer with a page on which demo users sign in with one click. */
export async function startIssuer(
  data: DataFolder,
  port: number,
  busyAdvice: string,
  report: (problem: string) => void,
): Promise<Issuer> {
  let open: (served: Served) => void = () => undefined;
  const ready = new Promise<Served>((resolve) => (open = resolve));
  const server = createServer((request, response) => {
    ready
      .then((served) => answer(served, request, response))
      .catch((error: unknown) => {
        report(`The sign-in service failed: ${String(error)}`);
        response.destroy();
      });
  });
  const origin = `http://${loopback}:${await listenOnLoopback(server, port, busyAdvice)}`;
  return {
    origin,
    serve: async (client, users) => {
      const provider = await openProvider(origin, client, await issuerSecrets(data));
      provider.on('server_error', (_ctx, error) => report(`The sign-in service failed: ${String(error)}`));
      open({ provider, users, returnTo: originsOf(client) });
    },
    stop: () => closeServer(server),
  };
}

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.startsWith('/interaction/') === true) await signIn(served, request, response);
  else await served.provider.callback()(request, response);
}

async function signIn(
  { provider, users, returnTo }: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!(await isPending(provider, request, response))) {
    response.writeHead(303, { location: returnTo[0] ?? '/' }).end();
    return;
  }
  if (request.method !== 'POST') {
    send(response, signInPage({ users, returnTo }));
    return;
  }
  const form = new URLSearchParams((await readBody(request, formLimitBytes)).toString());
  const email = form.get('email')?.trim().toLowerCase() ?? '';
  if (email === '' || form.get('password') !== demoPassword) {
    send(response, { ...signInPage({ users, returnTo, refused: email }), status: 401 });
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: subjectOf(email) } });
}

/**
 * False if the sign-in page was open for too long or dates from before a restart. The user then returns to the
 * dashboard, which begins a new sign-in.
 */
async function isPending(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  try {
    await provider.interactionDetails(request, response);
    return true;
  } catch {
    return false;
  }
}

function send(response: ServerResponse, { status, headers, body }: Page): void {
  response.writeHead(status, { ...headers }).end(body);
}
