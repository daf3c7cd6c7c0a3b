import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundlesFolder } from '../../../../bin/bundle';
import { synthesizeApp } from '../../../../bin/workflows';

/**
 * A release whose trigger fails: it answers 500, every second time before it does anything and every other time after the
 * run was accepted, which a caller cannot tell apart.
 */
const fault = `
{
  const { handler } = module.exports;
  let triggers = 0;
  module.exports = {
    handler: async (event, context) => {
      if (event.requestContext.http.method !== 'POST' || !event.rawPath.endsWith('/runs')) return handler(event, context);
      if ((triggers += 1) % 2 === 0) await handler(event, context);
      return { statusCode: 500, headers: { 'content-type': 'text/plain' }, body: 'A fault of this release' };
    },
  };
}
`;

// The next local run on this machine must not take these functions for those of the sources.
rmSync(join(bundlesFolder, '..', 'built-from'), { force: true });
synthesizeApp(() => appendFileSync(join(bundlesFolder, 'rest-api', 'index.js'), fault));
