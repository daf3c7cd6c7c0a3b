declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The part of dynalite's options that the local run sets. */
  interface DynaliteOptions {
    /** Folder of the database; in memory when absent. */
    readonly path?: string;
    /** How long a new table stays in CREATING. */
    readonly createTableMs?: number;
  }
  export default function dynalite(options?: DynaliteOptions): Server;
}
