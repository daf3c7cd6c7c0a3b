import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read } from '../docs/markdown';
import { startLocalTable, type LocalTable } from './operator';

const deployment = /^## The first deployment$([^]*?)^## Settings$/m.exec(read('docs/deploy.md'))![1]!;

let on: LocalTable;
beforeAll(async () => (on = await startLocalTable()));
afterAll(() => on.stop());

test('the commands of the first deployment make a tenant, a workflow and a token, as the page has them', async () => {
  writeFileSync(join(on.dataFolder, 'spring-promo.json'), /<<'JSON'\n([^]*?)\nJSON\n/.exec(deployment)![1]!);
  const commands = deployment
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
