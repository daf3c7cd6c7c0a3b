/**
 * Stands in for the SDK's own `_shims` in the bundle (bin/bundle.ts), which bring a JSON Schema compiler: a third of the
 * bundle and a fifth of its load time, for checking forms that clients fill in. This server sends none, and checks
 * arguments with zod.
 */
export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error('No JSON Schema is compiled here');
  }
}

export { default as process } from 'node:process';
