import type middy from '@middy/core';
import { createHash, timingSafeEqual } from 'node:crypto';
import { originSecretHeader } from '../../contract/stack';
import { ProductError } from '../../domain/errors';
import type { HttpReply, HttpRequest } from '../http/request';

export interface FrontDeps {
  /**
   * The secrets by which a request proves that it came through the distribution, and so past its web ACL. If there are
   * none, every request is accepted.
   */
  readonly originSecrets: readonly string[];
}

/** Refuses requests that were sent straight to API Gateway's own address. */
export function requireFront({ originSecrets }: FrontDeps): middy.MiddlewareObj<HttpRequest, HttpReply> {
  const accepted = originSecrets.map(digest);
  return {
    before: ({ event: request }) => {
      if (accepted.length === 0) return;
      const sent = digest(request.headers[originSecretHeader.toLowerCase()] ?? '');
      // Digests have one length, and every one is compared, so that the time tells nothing about a secret.
      const matches = accepted.filter((secret) => timingSafeEqual(secret, sent));
      if (matches.length === 0) throw new ProductError('wrong_address', wrongAddress);
    },
  };
}

const wrongAddress =
  'This address is internal. Send requests to the address of the dashboard, which is the output DashboardUrl of the stack.';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
