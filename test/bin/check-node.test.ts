import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

const read = (file: string) => readFileSync(join(__dirname, '..', '..', file), 'utf8');
const script = read('bin/check-node.cjs');

/** Runs the script as if on this version of Node. @returns its exit code and its output */
function runCheck(node: string) {
  const stderr: string[] = [];
  let exitCode = 0;
  const process = { versions: { node }, exit: (code: number) => (exitCode = code) };
  runInNewContext(script, { process, console: { error: (text: string) => stderr.push(text) } });
  return { exitCode, stderr: stderr.join('\n') };
}

test.each(['12.22.12', '18.20.8', '20.9.0', '20.18.3', '21.7.3', '22.12.0', '23.11.0'])(
  'on Node %s the script says which version is needed and how to get it',
  (node) => {
    const { exitCode, stderr } = runCheck(node);

    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `coffield-workflows needs Node 20.19, 22.13 or 24, or a later one of these lines; this is ${node}.\n` +
        'Install the current LTS from https://nodejs.org (or run: nvm install --lts) and try again.',
    );
  },
);

test.each(['20.19.0', '20.20.0', '22.13.0', '22.20.0', '24.0.0', '26.1.0'])('Node %s is accepted', (node) => {
  expect(runCheck(node)).toEqual({ exitCode: 0, stderr: '' });
});

test('the script, package.json, .nvmrc, CI and the documentation name the same versions', () => {
  const { engines } = JSON.parse(read('package.json'));

  expect(engines.node).toBe('^20.19.0 || ^22.13.0 || >=24');
  expect(read('.nvmrc')).toBe('24\n');
  expect(read('.github/workflows/ci.yml')).toContain("node: ['20.19', '22.13', '24']");
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/deploy.md', 'docs/local-run.md'])
    expect([file, /Node 20\.19,\s+22\.13\s+or\s+24/.test(read(file))]).toEqual([file, true]);
});

test('the script uses syntax that every Node version can parse, and runs before start and test', () => {
  const { scripts } = JSON.parse(read('package.json'));

  expect(script).not.toMatch(/=>|`|\b(const|let|class|async)\b|\?\./);
  expect([scripts.prestart, scripts.pretest]).toEqual(['node bin/check-node.cjs', 'node bin/check-node.cjs']);
});
