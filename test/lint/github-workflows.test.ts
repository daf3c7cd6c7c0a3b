import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../.github/workflows');
const workflows = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);

test.each(workflows)('%s uses actions of GitHub alone, each at one commit', (_file, text) => {
  const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action!).filter((one) => !one.startsWith('./'));

  for (const action of used) expect(action).toMatch(/^actions\/(checkout|setup-node)@[0-9a-f]{40}$/);
});

test('one action is at the same commit everywhere', () => {
  const used = workflows.flatMap(([, text]) =>
    [...text.matchAll(/uses: (actions\/\S+)/g)].map(([, action]) => action!),
  );

  expect(new Set(used).size).toBe(new Set(used.map((action) => action.split('@')[0])).size);
});

test.each(workflows)('%s puts nothing that others wrote into a command', (_file, text) => {
  const commands = [...text.matchAll(/run: (?:\|\n((?: {10,}.*\n)+)|(.*))/g)].map(([, block, line]) => block ?? line);

  for (const command of commands) expect(command).not.toContain('${{');
});

test.each(workflows.filter(([, text]) => text.includes('id-token: write')))(
  '%s runs no install script of a package, because its jobs have an identity',
  (_file, text) => {
    expect([...text.matchAll(/npm (?:ci|install).*/g)].map(([command]) => command)).toEqual(
      text.includes('npm') ? ['npm ci --ignore-scripts'] : [],
    );
  },
);

test('production is deployed after development, in an environment that can ask for approval, and never cut short', () => {
  const deploy = readFileSync(join(folder, 'deploy.yml'), 'utf8');
  const stage = readFileSync(join(folder, 'deploy-stage.yml'), 'utf8');

  expect(deploy).toMatch(
    /^ {2}production:\n(?: {4}.*\n)*? {4}needs: development\n(?:.*\n)*? {6}environment: production\n/m,
  );
  expect(stage).toMatch(/^ {4}environment: \$\{\{ inputs\.environment \}\}$/m);
  expect(stage).toMatch(/cancel-in-progress: false/);
  expect(deploy).toMatch(/^permissions: \{\}$/m);
});
