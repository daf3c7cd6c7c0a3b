import { Agent, createServer, get } from 'node:http';
import { listenForPrograms, loopback } from '../../../local/listen';

/** A list of the quiet tenant makes about as many requests to the table. */
const hops = 3;

/**
 * A program that has nothing in common with the product but the processor: it runs on the same thread, and answers each
 * request after a few requests to itself over loopback, as many as a call of the product makes to the table. It becomes
 * slower only because the thread is busy.
 *
 * @returns its address
 */
export async function startBareProgram(): Promise<string> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    if (request.url === '/hop') return void response.end('{}');
    void (async () => {
      for (let hop = 0; hop < hops; hop += 1) await hopOnce(`${origin}/hop`, agent);
      response.end('{}');
    })();
  });
  const origin = `http://${loopback}:${await listenForPrograms(server)}`;
  return origin;
}

function hopOnce(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => void response.resume().on('end', resolve)).on('error', reject);
  });
}
