import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyOption } from './options';
import { statefulResources } from './stateful';
import { synthesize } from './synthesize';

/**
 * `npm run note-release` records the stateful resources of production as of this release, so that the next release can
 * be compared with them. It uses every option, so that it covers every possible deployment.
 */
const { template } = synthesize({ ...everyOption, stage: 'production' });
writeFileSync(join(__dirname, 'released.json'), `${JSON.stringify(statefulResources(template), null, 2)}\n`);
