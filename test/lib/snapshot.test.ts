import { synthesize } from './synthesize';

test('the template of production is the one that was reviewed', () => {
  const { template } = synthesize({ stage: 'production' });

  expect(normalised(template.toJSON())).toMatchSnapshot();
});

/** Removes the hashes that change with every change of code or configuration, and the folder of this test run's bundles. */
function normalised(template: object): unknown {
  const text = JSON.stringify(template)
    .replace(/[0-9a-f]{64}\.zip/g, 'asset.zip')
    .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1')
    .replace(/"entry":"[^"]*\/([a-z-]+)\/index\.js"/g, '"entry":"$1"');
  return JSON.parse(text);
}
