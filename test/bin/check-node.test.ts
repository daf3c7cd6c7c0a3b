import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

const script = readFileSync(join(__dirname, '..', '..', 'bin', 'check-node.cjs'), 'utf8');

/** Runs the script as if on this version of Node. @returns its exit code and its output */
function runCheck(node: string) {
  const stderr: string[] = [];
  let exitCode = 0;
  const process = { versions: { node }, exit: (code: number) => (exitCode = code) };
  runInNewContext(script, { process, console: { error: (text: string) => stderr.push(text) } });
  return { exitCode, stderr: stderr.join('\n') };
}

test.each(['12.22.12', '18.20.8', '20.9.0', '20.18.3'])(
  'on Node %s the script says which version is needed and how to get it',
  (node) => {
    const { exitCode, stderr } = runCheck(node);

    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `coffield-workflows needs Node 20.19 or newer; this is ${node}.\n` +
        'Install the current LTS from https://nodejs.org (or run: nvm install --lts) and try again.',
    );
  },
);

test.each(['20.19.0', '20.20.0', '22.0.0', '24.1.0'])('Node %s is accepted', (node) => {
  expect(runCheck(node)).toEqual({ exitCode: 0, stderr: '' });
});

test('the script uses syntax that every Node version can parse, and runs before start and test', () => {
  const { scripts } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));

  expect(script).not.toMatch(/=>|`|\b(const|let|class|async)\b|\?\./);
  expect([scripts.prestart, scripts.pretest]).toEqual(['node bin/check-node.cjs', 'node bin/check-node.cjs']);
});
