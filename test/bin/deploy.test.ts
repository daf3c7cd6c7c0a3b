import { withConcurrency } from '../../bin/deploy/concurrency-setting';

const ask = (answer: () => Promise<number>) => {
  const warned: string[] = [];
  return { warned, deps: { askQuota: answer, warn: (sentence: string) => void warned.push(sentence) } };
};

test('a deployment is made for the quota that the account has', async () => {
  const { deps, warned } = ask(async () => 10);

  expect(await withConcurrency(['-c', 'stage=production'], deps)).toEqual([
    '-c',
    'stage=production',
    '-c',
    'concurrency=10',
  ]);
  expect(warned).toEqual([]);
});

test.each([
  [['-c', 'concurrency=400']],
  [['--context', 'concurrency=400']],
  [['--context=concurrency=400']],
  [['-c=concurrency=400']],
])('the number that the operator chose is used instead: %j', async (args) => {
  const { deps } = ask(() => Promise.reject(new Error('Nobody must ask')));

  expect(await withConcurrency(args, deps)).toEqual(args);
});

test('if Lambda does not answer, the usual quota is assumed, and a warning says what to do', async () => {
  const { deps, warned } = ask(() => Promise.reject(new Error('not authorized to perform lambda:GetAccountSettings')));

  expect(await withConcurrency(['--all'], deps)).toEqual(['--all']);
  expect(warned).toEqual([expect.stringMatching(/lambda:GetAccountSettings.*usual 1,000.*-c concurrency=/)]);
});
