import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { tokens } = JSON.parse(
  readFileSync(require.resolve('@cloudscape-design/design-tokens/index-visual-refresh.json'), 'utf8'),
);
const styles = readFileSync(join(__dirname, '../../../dashboard/src/pages/workflow-run/picture/colors.css'), 'utf8');
const tokenOf: Readonly<Record<string, string>> = {
  succeeded: 'color-text-status-success',
  failed: 'color-text-status-error',
  running: 'color-text-status-info',
  stopped: 'color-text-status-inactive',
  text: 'color-text-body-default',
  'quiet-text': 'color-text-body-secondary',
  line: 'color-border-divider-default',
  ground: 'color-background-container-content',
  focus: 'color-border-item-focused',
};

test.each([
  ['light', /^\.picture-colors \{([^}]*)\}/m],
  ['dark', /^\.awsui-dark-mode \.picture-colors \{([^}]*)\}/m],
])('the colors of pictures are those of Cloudscape, %s', (mode, rule) => {
  const declared = [...rule.exec(styles)![1]!.matchAll(/--picture-([\w-]+): (#\w+);/g)];

  expect(Object.fromEntries(declared.map(([, name, color]) => [name, color]))).toEqual(
    Object.fromEntries(Object.entries(tokenOf).map(([name, token]) => [name, tokens[token].$value[mode]])),
  );
});
