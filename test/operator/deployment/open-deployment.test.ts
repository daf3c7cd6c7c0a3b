import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { closeServer, listenOnLoopback, loopback } from '../../../local/listen';
import { startTable } from '../../support/engines';
import { operate, startLocalOperator, writeEngines, type LocalOperator } from '../operator';

describe('the local run', () => {
  let operator: LocalOperator;
  beforeEach(async () => (operator = await startLocalOperator()));
  afterEach(() => operator.stop());

  const failure = (reason: string) => ({
    code: 1,
    out: '',
    err: `${reason} Start one with \`npm start\`, with the same LOCAL_DATA_DIR if that is set.\n`,
  });

  test('that was never started: the error says how to start it', async () => {
    const file = join(operator.dataFolder, 'engines.json');
    rmSync(file);

    expect(await operator.run('tenants', 'list')).toEqual(failure(`There is no local run: ${file} does not exist.`));
  });

  test('that has ended: the error says how to start it', async () => {
    writeEngines(operator.dataFolder);
    const file = join(operator.dataFolder, 'engines.json');

    expect(await operator.run('tenants', 'list')).toEqual(failure(`The local run that ${file} names does not answer.`));
    expect(await operator.run('dead-letters', 'list')).toEqual(
      failure(`The local run that ${file} names does not answer.`),
    );
  });

  test('whose table is another program’s: the error says how to start it', async () => {
    const file = join(operator.dataFolder, 'engines.json');
    writeEngines(operator.dataFolder, { dynamodb_url: operator.database.endpoint, table_name: 'another-table' });

    expect(await operator.run('tenants', 'show', 'acme')).toEqual(
      failure(`The local run that ${file} names does not answer.`),
    );
  });

  test('whose port is another server’s: the error says how to start it', async () => {
    const server = createServer((_request, response) => void response.end('<h1>Welcome</h1>'));
    const port = await listenOnLoopback(server, 0);
    writeEngines(operator.dataFolder, { dynamodb_url: `http://${loopback}:${port}` });

    const called = await operator.run('tenants', 'list');
    await closeServer(server);

    expect(called.err).toMatch(/^The local run that .* names does not answer\. Start one with `npm start`/);
  });

  test('of another version: the error says how to start this one', async () => {
    const file = join(operator.dataFolder, 'engines.json');
    writeFileSync(file, '{"region":');

    expect(await operator.run('tenants', 'list')).toEqual(
      failure(`${file} was not written by this version of the local run.`),
    );
  });

  test('that does not run is reported to a program as JSON', async () => {
    writeEngines(operator.dataFolder);

    const { code, out, err } = await operator.run('tenants', 'list', '--json');

    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(JSON.parse(err)).toEqual({ code: 'unreachable', detail: expect.stringMatching(/npm start/), errors: [] });
  });

  test('cannot be named together with a stack', async () => {
    const { code, err } = await operator.run('--stack', 'CoffieldWorkflows-production', 'tenants', 'list');

    expect(code).toBe(2);
    expect(err).toMatch(/'--local' cannot be used with option '--stack <name>'/);
  });
});

describe('a deployed stack', () => {
  const cloudFormation = mockClient(CloudFormationClient);
  const environment = { ...process.env };
  beforeEach(() => {
    cloudFormation.reset();
    process.env['AWS_REGION'] = 'eu-west-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  });
  afterEach(() => (process.env = { ...environment }));
  afterAll(() => cloudFormation.restore());

  const outputs = (given: Record<string, string>) =>
    Object.entries(given).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));

  test('is found by its name, and its outputs give the table', async () => {
    const table = await startTable();
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = table.endpoint;
    const Outputs = outputs({
      TableName: table.tableName,
      DeliveryQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/deliveries',
      DeliveryDeadLetterQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/dead-letters',
    });
    cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [{ StackName: 'x', Outputs } as never] });

    const created = await operate(['--stack', 'Ours', 'tenants', 'create', 'acme', '--name', 'Acme', '--plan', 'pro']);
    const listed = await operate(['tenants', 'list', '--json', '--region', 'eu-west-1']);
    await table.stop();

    expect([created.code, listed.code]).toEqual([0, 0]);
    expect(JSON.parse(listed.out).data).toMatchObject([{ id: 'acme', plan: 'pro' }]);
    expect(cloudFormation.calls().map(({ args }) => args[0].input)).toEqual([
      { StackName: 'Ours' },
      { StackName: 'CoffieldWorkflows-dev' },
    ]);
  });

  test('of another product is refused', async () => {
    cloudFormation
      .on(DescribeStacksCommand)
      .resolves({ Stacks: [{ StackName: 'Theirs', StackStatus: 'CREATE_COMPLETE' } as never] });

    const { code, err } = await operate(['--stack', 'Theirs', 'tenants', 'list']);

    expect(code).toBe(1);
    expect(err).toMatch(/^Stack Theirs \(CREATE_COMPLETE\) has no output TableName: /);
  });

  const refusals: [why: string, error: { name: string; message: string; code?: string }, sentence: RegExp][] = [
    [
      'it does not exist',
      { name: 'ValidationError', message: 'Stack with id CoffieldWorkflows-dev does not exist' },
      /^There is no stack CoffieldWorkflows-dev in this account and Region\. /,
    ],
    [
      'there are no credentials',
      { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' },
      /^No AWS credentials were found\. /,
    ],
    [
      'the sign-in has expired',
      { name: 'CredentialsProviderError', message: 'The SSO session associated with this profile has expired.' },
      /^The AWS session has expired\. /,
    ],
    [
      'the token has expired',
      { name: 'ExpiredToken', message: 'The security token included in the request is expired' },
      /^The AWS session has expired\. /,
    ],
    [
      'AWS does not know the credentials',
      { name: 'InvalidClientTokenId', message: 'The security token included in the request is invalid' },
      /^AWS does not accept these credentials\. /,
    ],
    [
      'access is denied',
      {
        name: 'AccessDenied',
        message:
          'User: arn:aws:iam::1:user/o is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-west-1:1:stack/x because …',
      },
      /^These AWS credentials may not use cloudformation:DescribeStacks on arn:aws:cloudformation:eu-west-1:1:stack\/x\. /,
    ],
    ['no Region is set', { name: 'Error', message: 'Region is missing' }, /^No AWS Region is set\. /],
    [
      'AWS cannot be reached',
      { name: 'Error', message: 'getaddrinfo ENOTFOUND', code: 'ENOTFOUND' },
      /^AWS does not answer\. /,
    ],
    ['AWS is busy', { name: 'Throttling', message: 'Rate exceeded' }, /^AWS is limiting requests at the moment\. /],
    ['the error is unknown', { name: 'Surprise', message: 'one\n  at line' }, /^Unexpected error: Surprise: one$/],
  ];

  test.each(refusals)(
    'when %s, the error is one sentence that says so',
    async (_why, { message, ...error }, sentence) => {
      cloudFormation.on(DescribeStacksCommand).rejects(Object.assign(new Error(message), error));

      const { code, out, err } = await operate(['tenants', 'list']);

      expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 });
      expect(err.trimEnd()).toMatch(sentence);
      expect(err).not.toMatch(/^\s+at /m);
    },
  );
});
