const isLocal = process.env['API_CONNECTION'] === undefined;

/**
 * `test` for what only a local run has: it is skipped against a deployed stack, and listed as skipped. It is in a file of
 * its own because `npm run load` starts a local run outside of Jest, where there is no `test`.
 */
export const localTest: jest.It = isLocal ? test : test.skip;
