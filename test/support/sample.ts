/**
 * For tests whose cases are many and alike: `npm test` takes the sample, and `npm run test:long` the whole, because
 * `test/exhaustive` runs the same files again with every case.
 */
export function sampled<Cases>({ whole, sample }: { readonly whole: Cases; readonly sample: Cases }): Cases {
  return process.env['EVERY_CASE'] === 'true' ? whole : sample;
}
