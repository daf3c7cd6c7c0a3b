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

declare module 'dynalite/db/conditionParser' {
  /** What dynalite tells its parsers about the request. */
  export interface ParseContext {
    readonly attrNames?: Readonly<Record<string, string>>;
    /** Each value is an object whose only key is the value's type. */
    readonly attrVals?: Readonly<Record<string, object>>;
    /** The parser deletes what it uses. What remains at the end makes the request invalid. */
    readonly unusedAttrNames: Record<string, unknown>;
    readonly unusedAttrVals: Record<string, unknown>;
  }
  /** Returns a tree, or the text that says why the expression is invalid. Throws if it cannot be parsed. */
  export type ParseExpression = (expression: string, options: { readonly context: ParseContext }) => unknown;
  const parser: { parse: ParseExpression };
  export default parser;
}

declare module 'dynalite/db/updateParser' {
  import type { ParseExpression } from 'dynalite/db/conditionParser';

  const parser: { parse: ParseExpression };
  export default parser;
}
