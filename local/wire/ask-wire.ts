import type { MessagePort } from 'node:worker_threads';
import { wireAnswerSchema, type WireAnswer, type WireRequest } from './message';

/** Sends a request to another thread and resolves with its answer. */
export type AskWire = (request: Omit<WireRequest, 'id'>) => Promise<WireAnswer>;

/** @param port whose other end `serveWire` has. If that thread crashes, the whole local run ends. */
export function askThrough(port: MessagePort): AskWire {
  const asked = new Map<number, (answer: WireAnswer) => void>();
  let lastId = 0;
  port.on('message', (message: unknown) => {
    const answer = wireAnswerSchema.parse(message);
    asked.get(answer.id)?.(answer);
    asked.delete(answer.id);
  });
  return (request) =>
    new Promise((resolve) => {
      lastId += 1;
      asked.set(lastId, resolve);
      port.postMessage({ id: lastId, ...request } satisfies WireRequest);
    });
}
