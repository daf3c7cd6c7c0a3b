import { synthesize } from './synthesize';

test('the template of production is the reviewed one', () => {
  const { template } = synthesize({ stage: 'production' });

  expect(normalised(template.toJSON())).toMatchSnapshot();
});

/** Without what changes when only code does, and without where this run put its bundles. */
function normalised(template: object): unknown {
  const text = JSON.stringify(template)
    .replace(/[0-9a-f]{64}\.zip/g, 'asset.zip')
    .replace(/"entry":"[^"]*\/([a-z-]+)\/index\.js"/g, '"entry":"$1"');
  return JSON.parse(text);
}
