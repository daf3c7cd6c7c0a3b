import http from 'node:http';
import { isRecord } from '../template/is-record';
import type { AskWire } from './ask-wire';
import { wireRequest } from './request';

/** How to reach an engine in another thread: instead of connecting to this address, ask. */
export interface Wire {
  readonly endpoint: string;
  readonly ask: AskWire;
}

/**
 * The `require` of a function whose SDK asks an engine from thread to thread. Whatever else the function requests by
 * `node:http` takes the network.
 */
export function requireWired(require: NodeJS.Require, { endpoint, ask }: Wire): (name: string) => unknown {
  const { hostname, port } = new URL(endpoint);
  const request = (...asked: unknown[]): unknown => {
    const [options, onResponse] = asked;
    const isToEngine = isRecord(options) && options['host'] === hostname && String(options['port']) === port;
    if (!isToEngine || typeof onResponse !== 'function') {
      const onNetwork: unknown = Reflect.apply(http.request, http, asked);
      return onNetwork;
    }
    return wireRequest(ask, options['headers'], (response) => {
      Reflect.apply(onResponse, undefined, [response]);
    });
  };
  const wiredHttp = { ...http, request };
  return (name): unknown => (name === 'node:http' ? wiredHttp : require(name));
}
