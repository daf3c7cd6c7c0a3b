import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudFrontClient,
  CreateDistributionCommand,
  DeleteDistributionCommand,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { askCloudFront } from '../../bin/deploy/ask-cloudfront';
import { askReservations } from '../../bin/deploy/ask-reservations';
import { synthesize } from '../lib/synthesize';

/** As people report it: github.com/aws-samples/aws-cdk-examples/issues/279 */
const unverified =
  'Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS Support (https://console.aws.amazon.com/support/home#/) and include this error message.';

const refusing = (message: string, errorName: string) => Object.assign(new Error(message), { name: errorName });

describe('CloudFront', () => {
  const cloudFront = mockClient(CloudFrontClient);
  beforeEach(() => void cloudFront.reset());
  const ask = () => askCloudFront(new CloudFrontClient({ region: 'us-east-1' }));

  test('that refuses an account is quoted, with what to do', async () => {
    cloudFront.on(ListDistributionsCommand).resolves({});
    cloudFront.on(CreateDistributionCommand).rejects(refusing(unverified, 'AccessDenied'));

    expect(await ask()).toMatch(/must be verified.*Nothing was created\. Open a case in AWS Support/);
  });

  test.each([
    ['misses the certificate', 'InvalidViewerCertificate'],
    ['lacks a permission', 'AccessDenied'],
  ])('that only %s stops nothing', async (what, errorName) => {
    cloudFront.on(ListDistributionsCommand).resolves({});
    cloudFront.on(CreateDistributionCommand).rejects(refusing(what, errorName));

    expect(await ask()).toBeUndefined();
  });

  test('is not asked to create anything in an account that has a distribution', async () => {
    cloudFront.on(ListDistributionsCommand).resolves({ DistributionList: { Items: [{}] } as never });

    expect(await ask()).toBeUndefined();
    expect(cloudFront.commandCalls(CreateDistributionCommand)).toEqual([]);
  });

  test('is asked for a distribution that it cannot create: its name has no certificate, and it is disabled', async () => {
    cloudFront.on(ListDistributionsCommand).resolves({});
    cloudFront.on(CreateDistributionCommand).resolves({ Distribution: { Id: 'E1' } as never, ETag: 'e' });
    cloudFront.on(DeleteDistributionCommand).resolves({});
    await ask();

    const [create] = cloudFront.commandCalls(CreateDistributionCommand);
    expect(create!.args[0].input.DistributionConfig).toMatchObject({
      Enabled: false,
      Aliases: { Items: [expect.stringMatching(/\.invalid$/)] },
    });
    expect(create!.args[0].input.DistributionConfig).not.toHaveProperty('ViewerCertificate');
    // An emulator that takes it keeps nothing.
    expect(cloudFront.commandCalls(DeleteDistributionCommand)[0]!.args[0].input).toEqual({ Id: 'E1', IfMatch: 'e' });
  });
});

describe('Lambda', () => {
  const lambda = mockClient(LambdaClient);
  const cloudFormation = mockClient(CloudFormationClient);
  beforeEach(() => {
    lambda.reset();
    cloudFormation.reset();
  });
  const clients = () => ({
    lambda: new LambdaClient({ region: 'us-east-1' }),
    cloudFormation: new CloudFormationClient({ region: 'us-east-1' }),
  });
  const limit = (ConcurrentExecutions: number, UnreservedConcurrentExecutions: number) =>
    lambda
      .on(GetAccountSettingsCommand)
      .resolves({ AccountLimit: { ConcurrentExecutions, UnreservedConcurrentExecutions } });

  test('says what is left, and the deployed template what is the stack’s own', async () => {
    limit(1_000, 510);
    const TemplateBody = JSON.stringify(synthesize().template.toJSON());
    cloudFormation.on(GetTemplateCommand, { StackName: 'S' }).resolves({ TemplateBody });

    expect(await askReservations(clients(), 'S')).toEqual({ quota: 1_000, unreserved: 510, own: 491 });
  });

  test('of an account without a stack, or without leave to read its template, has reserved for others', async () => {
    limit(1_000, 510);
    cloudFormation.on(GetTemplateCommand).rejects(refusing('Stack with id S does not exist', 'ValidationError'));

    expect(await askReservations(clients(), 'S')).toEqual({ quota: 1_000, unreserved: 510, own: 0 });
  });

  test('of a new account has nothing reserved, and nobody asks for a template', async () => {
    limit(10, 10);

    expect(await askReservations(clients(), 'S')).toEqual({ quota: 10, unreserved: 10, own: 0 });
    expect(cloudFormation.commandCalls(GetTemplateCommand)).toEqual([]);
  });

  test('that names no quota is an error', async () => {
    lambda.on(GetAccountSettingsCommand).resolves({});

    await expect(askReservations(clients(), 'S')).rejects.toThrow('names no quota');
  });
});
