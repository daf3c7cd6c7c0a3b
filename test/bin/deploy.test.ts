import { deployStack, type DeployDeps, type DeployedStack } from '../../bin/deploy/deploy-stack';

interface Account {
  readonly context?: Record<string, unknown>;
  readonly stack?: DeployedStack;
  readonly reservations?: DeployDeps['askReservations'];
  readonly cloudFront?: string;
  /** Exit codes of the CDK, one for each deployment; 0 when they are used up. */
  readonly codes?: number[];
}

const name = 'CoffieldWorkflows-production';
const production = ['-c', 'stage=production'];
const planned = ['-c', 'concurrency=1000'];
const plenty = async () => ({ quota: 1_000, unreserved: 1_000, own: 0 });

/** An account in which the CDK does to the stack what CloudFormation would. */
async function deployIn(account: Account, args: readonly string[]) {
  const deployed: (readonly string[])[] = [];
  const told: string[] = [];
  const lifted: string[] = [];
  let stack = account.stack;
  const codes = [...(account.codes ?? [])];
  const code = await deployStack(args, {
    context: account.context ?? {},
    runCdk: async (cdkArgs) => {
      deployed.push(cdkArgs);
      const result = codes.shift() ?? 0;
      const terminationProtection = cdkArgs.includes('stage=production') && !cdkArgs.includes('protection=off');
      const isNew = stack === undefined || stack.status.startsWith('ROLLBACK');
      stack = { status: isNew ? (result === 0 ? 'CREATE_COMPLETE' : 'ROLLBACK_COMPLETE') : 'UPDATE_COMPLETE', terminationProtection }; // prettier-ignore
      return result;
    },
    describe: async () => stack,
    liftProtection: async (stackName) => {
      lifted.push(stackName);
    },
    askCloudFront: async () => account.cloudFront,
    askReservations: account.reservations ?? plenty,
    tell: (sentence) => void told.push(sentence),
  });
  return { code, deployed, told, lifted, stack };
}

describe('the first deployment of production', () => {
  test('creates the stack without protection, and protects it as soon as it exists', async () => {
    const { code, deployed, stack, told } = await deployIn({}, production);

    expect(code).toBe(0);
    expect(deployed).toEqual([
      ['deploy', ...production, ...planned, '-c', 'protection=off'],
      ['deploy', ...production, ...planned],
    ]);
    expect(stack?.terminationProtection).toBe(true);
    expect(told).toEqual([expect.stringContaining('protects it')]);
  });

  test('that fails says what to do, and the same command then does everything', async () => {
    const failed = await deployIn({ codes: [1] }, production);
    const again = await deployIn({ stack: failed.stack! }, production);

    expect(failed).toMatchObject({ code: 1, deployed: { length: 1 } });
    expect(failed.told).toEqual([
      expect.stringMatching(new RegExp(`${name} failed, and CloudFormation takes back.*run the same command again`)),
    ]);
    expect(again).toMatchObject({ code: 0, lifted: [], deployed: { length: 2 } });
  });

  test('that fails before CloudFormation hears of it created nothing', async () => {
    const told: string[] = [];
    const deps = {
      context: {},
      describe: async () => undefined,
      liftProtection: () => Promise.reject(new Error('There is nothing to lift')),
      runCdk: async () => 1,
      askCloudFront: async () => undefined,
      askReservations: plenty,
      tell: (sentence: string) => void told.push(sentence),
    };

    expect(await deployStack(production, deps)).toBe(1);
    expect(told).toEqual([expect.stringContaining('failed, before anything was created')]);
  });

  test('that failed under protection, by the CDK’s own command, is no trap any more', async () => {
    const stack = { status: 'ROLLBACK_COMPLETE', terminationProtection: true };

    expect(await deployIn({ stack }, production)).toMatchObject({ code: 0, lifted: [name], deployed: { length: 2 } });
  });

  test('that only prepares a change set protects nothing', async () => {
    const told: string[] = [];
    const deps = {
      context: {},
      describe: async () => ({ status: 'REVIEW_IN_PROGRESS', terminationProtection: false }),
      liftProtection: () => Promise.reject(new Error('There is nothing to lift')),
      runCdk: jest.fn(async () => 0),
      askCloudFront: async () => undefined,
      askReservations: plenty,
      tell: (sentence: string) => void told.push(sentence),
    };

    expect(await deployStack([...production, '--no-execute'], deps)).toBe(0);
    expect(deps.runCdk).toHaveBeenCalledTimes(1);
    expect(told).toEqual([]);
  });

  test('leaves the protection off if the operator says so', async () => {
    const { deployed } = await deployIn({}, [...production, '-c', 'protection=off']);

    expect(deployed).toEqual([['deploy', ...production, '-c', 'protection=off', ...planned]]);
  });
});

test('a stack that exists is deployed once, with its protection', async () => {
  const stack = { status: 'UPDATE_ROLLBACK_COMPLETE', terminationProtection: true };
  const { deployed, lifted } = await deployIn({ stack, cloudFront: 'Nobody must ask' }, production);

  expect(deployed).toEqual([['deploy', ...production, ...planned]]);
  expect(lifted).toEqual([]);
});

test('another stage is deployed once, and never protected', async () => {
  expect((await deployIn({}, [])).deployed).toEqual([['deploy', ...planned]]);
});

test('the stage may also stand in cdk.json', async () => {
  const { deployed } = await deployIn({ context: { stage: 'production' } }, []);

  expect(deployed).toEqual([
    ['deploy', ...planned, '-c', 'protection=off'],
    ['deploy', ...planned],
  ]);
});

test.each(['CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
  'while the stack is %s, nothing is deployed over it',
  async (status) => {
    const { code, deployed, told } = await deployIn({ stack: { status, terminationProtection: false } }, production);

    expect([code, deployed]).toEqual([1, []]);
    expect(told).toEqual([`${name} is ${status}. Wait until that has ended, and deploy again.`]);
  },
);

test('an account that CloudFront refuses hears of it before anything is created', async () => {
  expect(await deployIn({ cloudFront: 'Open a case' }, production)).toMatchObject({
    code: 1,
    deployed: [],
    told: ['Open a case'],
  });
});

test('the firewall is a stack of its own', async () => {
  const { deployed } = await deployIn({ cloudFront: 'Nobody must ask' }, ['-c', 'part=firewall']);

  expect(deployed).toEqual([['deploy', '-c', 'part=firewall']]);
});

test('whoever may not describe stacks deploys to one that exists', async () => {
  const told: string[] = [];
  const runCdk = jest.fn(async () => 0);
  const deps = {
    context: {},
    describe: () => Promise.reject(new Error('not authorized to perform: cloudformation:DescribeStacks')),
    liftProtection: () => Promise.reject(new Error('nor this')),
    runCdk,
    askCloudFront: async () => 'Nobody must ask',
    askReservations: plenty,
    tell: (sentence: string) => void told.push(sentence),
  };

  expect(await deployStack(production, deps)).toBe(0);
  expect(runCdk.mock.calls).toEqual([[['deploy', ...production, ...planned]]]);
  expect(told).toEqual([expect.stringContaining('cloudformation:DescribeStacks')]);
});

describe('the concurrency to plan with', () => {
  const planOf = async (quota: number, unreserved: number, own: number) => {
    const { deployed, told } = await deployIn({ reservations: async () => ({ quota, unreserved, own }) }, []);
    return { plan: deployed[0]!.at(-1), told };
  };

  test.each<[string, number, number, number, string]>([
    ['is the whole quota of an account', 1_000, 1_000, 0, 'concurrency=1000'],
    ['is what a new account has', 10, 10, 0, 'concurrency=10'],
    ['is the whole quota for a stage that has its share already', 1_000, 510, 490, 'concurrency=1000'],
    ['stays the whole quota when another stage has reserved what was left', 1_000, 260, 490, 'concurrency=1000'],
    ['is the whole quota if enough is left beside other functions', 1_000, 700, 0, 'concurrency=1000'],
    ['is what another stage left', 1_000, 510, 0, 'concurrency=510'],
    ['stays that at the next deployment', 1_000, 260, 250, 'concurrency=510'],
  ])('%s', async (_what, quota, unreserved, own, expected) => {
    expect((await planOf(quota, unreserved, own)).plan).toBe(expected);
  });

  test('is explained if it is less than the account’s quota', async () => {
    expect((await planOf(1_000, 510, 0)).told).toEqual([
      expect.stringMatching(/reserved 490 of its 1000.*plans with the 510/),
    ]);
  });

  test.each([
    [['-c', 'concurrency=400']],
    [['--context', 'concurrency=400']],
    [['--context=concurrency=400']],
    [['-c=concurrency=400']],
  ])('is what the operator chose: %j', async (args) => {
    const reservations = () => Promise.reject(new Error('Nobody must ask'));

    expect((await deployIn({ reservations }, args)).deployed).toEqual([['deploy', ...args]]);
  });

  test('is what cdk.json says', async () => {
    const reservations = () => Promise.reject(new Error('Nobody must ask'));

    expect((await deployIn({ reservations, context: { concurrency: 400 } }, [])).deployed).toEqual([['deploy']]);
  });

  test('is the usual quota if Lambda does not answer, with a warning that says what to do', async () => {
    const reservations = () => Promise.reject(new Error('not authorized to perform lambda:GetAccountSettings'));
    const { deployed, told } = await deployIn({ reservations }, ['--all']);

    expect(deployed).toEqual([['deploy', '--all']]);
    expect(told).toEqual([expect.stringMatching(/lambda:GetAccountSettings.*usual 1,000.*-c concurrency=/)]);
  });
});
