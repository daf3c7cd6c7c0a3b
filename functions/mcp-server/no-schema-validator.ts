/**
 * Replaces the SDK's own `_shims` in the bundle (bin/bundle.ts). Those bring a JSON Schema compiler, a third of the
 * bundle and a fifth of its load time, which validates forms that clients fill in. This server sends no forms and
 * validates arguments with zod.
 */
export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error('No JSON Schema is compiled here');
  }
}

export { default as process } from 'node:process';
