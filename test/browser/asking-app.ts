import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { exchange } from '../e2e/sign-in';
import type { Stack } from '../e2e/stack';

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** An app that has registered and asks for access, as the MCP clients of people do. */
export interface AskingApp {
  /** The address that the app opens in the browser. Each visit is a new request. */
  readonly url: string;
  /** Waits until the browser is led back to the app. @returns what it brings */
  readonly back: (page: Page) => Promise<Record<string, string>>;
  readonly exchange: (code: string) => Promise<Tokens>;
  /** Gives the tokens back, as an app does that is removed or signed out of. */
  readonly disconnect: (refreshToken: string) => Promise<void>;
}

export interface Apps {
  /** A page that is none of ours, on which an app may open windows. */
  readonly home: string;
  readonly register: (name: string, redirectUri?: string, scope?: string) => Promise<AskingApp>;
  readonly stop: () => Promise<void>;
}

/** Apps on this machine, which are all at one address and answer every request with a page. */
export async function openApps({ connection: { api_url: origin, mcp_url: resource } }: Stack): Promise<Apps> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>An app</title>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  return {
    home,
    register: async (name, redirectUri = `${home}callback`, scope = 'mcp') => {
      const response = await fetch(`${origin}/oauth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_name: name, redirect_uris: [redirectUri] }),
      });
      const { client_id: clientId }: any = await response.json();
      const verifier = randomBytes(32).toString('base64url');
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        state: name,
        resource,
        scope,
      });
      return {
        url: `${origin}/oauth/authorize?${query.toString()}`,
        back: async (page) => {
          await page.waitForURL((url) => url.href.startsWith(redirectUri));
          return Object.fromEntries(new URL(page.url()).searchParams);
        },
        exchange: (code) =>
          exchange(`${origin}/oauth/token`, {
            grant_type: 'authorization_code',
            client_id: clientId,
            code,
            redirect_uri: redirectUri,
            code_verifier: verifier,
          }),
        disconnect: async (token) => {
          await fetch(`${origin}/oauth/revoke`, {
            method: 'POST',
            body: new URLSearchParams({ token, client_id: clientId }),
          });
        },
      };
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
