import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { compileFunction } from 'node:vm';
import { requireWired, type Wire } from '../wire/require-wired';
import { isRecord } from '../template/is-record';

export type Handler = (event: unknown, context: unknown) => unknown;

export interface HandlerOptions {
  /** The whole `process.env` that the function sees. */
  readonly environment: Readonly<Record<string, string>>;
  /** Receives the lines that the function would print. */
  readonly log: Writable;
  /** An engine in another thread that the function's SDK reaches without the network. */
  readonly wire?: Wire | undefined;
}

/**
 * Loads a bundle as Lambda would: with its own environment, log and module state. All functions share one process, so
 * each gets its own `process` and `console` as if they were module variables.
 */
export function loadHandler(bundleFile: string, exportName: string, options: HandlerOptions): Handler {
  const { environment, log, wire } = options;
  const require = createRequire(bundleFile);
  const module = { exports: {} };
  const scope = {
    module,
    exports: module.exports,
    require: wire ? requireWired(require, wire) : require,
    __filename: bundleFile,
    __dirname: dirname(bundleFile),
    console: new Console({ stdout: log, stderr: log }),
    process: processWith({ env: { ...environment }, stdout: log, stderr: log }),
  };
  const run = compileFunction(readFileSync(bundleFile, 'utf8'), Object.keys(scope), { filename: bundleFile });
  Reflect.apply(run, module.exports, Object.values(scope));
  const handler = isRecord(module.exports) ? module.exports[exportName] : undefined;
  if (typeof handler !== 'function') throw new Error(`${bundleFile} exports no function called ${exportName}.`);
  return (event, context): unknown => Reflect.apply(handler, undefined, [event, context]);
}

function processWith(own: Readonly<Record<string | symbol, unknown>>): NodeJS.Process {
  return new Proxy(process, {
    get: (target, name): unknown => (Object.hasOwn(own, name) ? own[name] : Reflect.get(target, name)),
  });
}
