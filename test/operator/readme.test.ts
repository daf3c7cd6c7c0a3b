import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalTable, type LocalTable } from './operator';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const deploy = /^## Deploy$([^]*?)^### An own domain$/m.exec(readme)![1]!;

let on: LocalTable;
beforeAll(async () => (on = await startLocalTable()));
afterAll(() => on.stop());

test('the commands of the Deploy section make a tenant, a workflow and a token, as they stand there', async () => {
  writeFileSync(join(on.dataFolder, 'spring-promo.json'), /<<'JSON'\n([^]*?)\nJSON\n/.exec(deploy)![1]!);
  const commands = deploy
    .split('\n')
    .filter((line) => line.startsWith('npm run operator -- --stack $STACK ') && !line.includes(' runs tail '))
    .map((line) => line.replace('npm run operator -- --stack $STACK ', ''));

  const answers = [];
  for (const command of commands) {
    const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    answers.push(await on.localWith({ env: { INIT_CWD: on.dataFolder } }, ...args));
  }

  expect(answers.map(({ code, err }) => ({ code, err }))).toEqual(answers.map(() => ({ code: 0, err: '' })));
  expect(answers.map(({ out }) => out)).toEqual([
    expect.stringMatching(/acme/),
    expect.stringMatching(/^Workflow 1 of acme is at version 1: 3 steps/),
    expect.stringMatching(/cwf_pat_/),
  ]);
});

test("every block of commands in the README is of the shell's grammar", async () => {
  const blocks = [...readme.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block!);

  const faults = await Promise.all(
    blocks.map(
      (block) =>
        new Promise<string>((resolve) => {
          const shell = execFile('bash', ['-n'], (_error, _out, err) => resolve(err));
          shell.stdin!.end(block);
        }),
    ),
  );

  expect(blocks.length).toBeGreaterThan(10);
  expect(faults.filter((fault) => fault !== '')).toEqual([]);
});
