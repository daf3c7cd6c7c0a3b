import * as fs from 'node:fs';
import { register } from 'node:module';

// The conformance suite imports `globSync`, which Node has only since version 22, for commands that are not used here.
if (!('globSync' in fs)) {
  const withGlob = `export * from 'node:fs'; export function globSync() { throw new Error('Needs Node 22'); }`;
  const hook = `export function resolve(specifier, context, next) {
    return specifier === 'fs' ? { url: ${JSON.stringify(asModule(withGlob))}, shortCircuit: true } : next(specifier, context);
  }`;
  register(asModule(hook));
}

function asModule(source) {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
