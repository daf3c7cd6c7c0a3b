import type { Writable } from 'node:stream';
import * as z from 'zod/mini';
import { functionResourceSchema } from './function-resource';
import type { InvokeFunction } from './invoke';
import type { Wire } from '../wire/require-wired';
import { loadHandler } from './load-handler';
import { startFunction } from './start-function';

/** All that is needed to run a function. It can be sent to another thread. */
export const loadableSchema = z.object({
  resource: functionResourceSchema,
  bundleFile: z.string(),
  /** The whole `process.env` that the function sees. */
  environment: z.record(z.string(), z.string()),
});
export type Loadable = z.infer<typeof loadableSchema>;

export type LoadFunction = (loadable: Loadable) => InvokeFunction;

/** Loads functions into the thread that calls this. */
export function loadHere(log: Writable, wire?: Wire): LoadFunction {
  return ({ resource, bundleFile, environment }) =>
    startFunction(resource, loadHandler(bundleFile, resource.exportName, { environment, log, wire }));
}
