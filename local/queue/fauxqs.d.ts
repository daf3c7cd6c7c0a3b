// The package's own declarations refer to files that it does not ship.
declare module 'fauxqs' {
  import type { Server } from 'node:http';

  interface FauxqsApp {
    readonly server: Server;
    readonly addHook: (
      name: 'preHandler',
      hook: (request: { readonly body: unknown }, reply: unknown, done: () => void) => void,
    ) => void;
    readonly ready: () => Promise<unknown>;
    readonly close: () => Promise<void>;
  }
  export function buildApp(options: {
    readonly logger: boolean;
    readonly host: string;
    readonly defaultRegion: string;
  }): FauxqsApp;
}
