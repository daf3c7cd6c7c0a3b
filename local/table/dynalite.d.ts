declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The options of dynalite that the local run sets. */
  interface DynaliteOptions {
    /** Folder of the database. Without it, data is kept in memory. */
    readonly path?: string;
    /** Time for which a new table has the status CREATING. */
    readonly createTableMs?: number;
  }
  export default function dynalite(options?: DynaliteOptions): Server;
}
