import { sampledFiles } from './files';

process.env['EVERY_CASE'] = 'true';

// Each file has hundreds of cases that are alike, and takes between 10 s and a minute with all of them.
describe.each(sampledFiles)('%s', (file) => {
  jest.requireActual(`../${file}`);
});
