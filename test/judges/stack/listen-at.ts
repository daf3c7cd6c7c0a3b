import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';

export interface Listening {
  /** Also closes open connections, with which a client would otherwise keep the server alive. */
  readonly stop: () => Promise<void>;
}

/** Listens at a fixed place, which the network of the judge leaves to nobody else. */
export async function listenAt(server: HttpServer | HttpsServer, port: number, address: string): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
