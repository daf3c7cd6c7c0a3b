import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyOption } from './options';
import { statefulResources } from './stateful';
import { synthesize } from './synthesize';

/**
 * `npm run note-release`: notes what production holds as of this release, so that the next one is held against it. With
 * every option, which is all that any deployment of the product can hold.
 */
const { template } = synthesize({ ...everyOption, stage: 'production' });
writeFileSync(join(__dirname, 'released.json'), `${JSON.stringify(statefulResources(template), null, 2)}\n`);
