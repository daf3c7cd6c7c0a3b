import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read } from '../docs/markdown';
import { startLocalOperator, type LocalOperator } from './operator';

const deployment = /^## The first deployment$([^]*?)^## Settings$/m.exec(read('docs/deploy.md'))![1]!;

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

test('the commands of docs/deploy.md create a tenant, a workflow and a token when run as they are printed', async () => {
  writeFileSync(join(operator.dataFolder, 'spring-promo.json'), /<<'JSON'\n([^]*?)\nJSON\n/.exec(deployment)![1]!);
  const commands = deployment
    .split('\n')
    .filter((line) => line.startsWith('npm run operator -- --stack $STACK ') && !line.includes(' runs tail '))
    .map((line) => line.replace('npm run operator -- --stack $STACK ', ''));

  const answers = [];
  for (const command of commands) {
    const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    answers.push(await operator.runWith({ env: { INIT_CWD: operator.dataFolder } }, ...args));
  }

  expect(answers.map(({ code, err }) => ({ code, err }))).toEqual(answers.map(() => ({ code: 0, err: '' })));
  expect(answers.map(({ out }) => out)).toEqual([
    expect.stringMatching(/acme/),
    expect.stringMatching(/^Workflow 1 of acme is at version 1: 3 steps/),
    expect.stringMatching(/cwf_pat_/),
  ]);
});
