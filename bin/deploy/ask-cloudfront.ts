import {
  CreateDistributionCommand,
  DeleteDistributionCommand,
  ListDistributionsCommand,
  type CloudFrontClient,
  type DistributionConfig,
} from '@aws-sdk/client-cloudfront';
import { randomUUID } from 'node:crypto';

/**
 * CloudFront refuses new distributions to some new accounts until AWS Support has verified them, and says so to nobody who
 * does not try. So an account without any distribution tries: with one that CloudFront refuses in any case, because it claims
 * a host name without a certificate. Any other refusal than the one for the account tells nothing, and the deployment goes on.
 *
 * @returns what to do, if CloudFront refuses this account
 */
export async function askCloudFront(client: CloudFrontClient): Promise<string | undefined> {
  try {
    const { DistributionList } = await client.send(new ListDistributionsCommand({ MaxItems: 1 }));
    if ((DistributionList?.Items?.length ?? 0) > 0) return undefined;
    const { Distribution, ETag } = await client.send(
      new CreateDistributionCommand({ DistributionConfig: withoutCertificate() }),
    );
    // Not CloudFront itself: an emulator takes anything.
    await client.send(new DeleteDistributionCommand({ Id: Distribution?.Id, IfMatch: ETag }));
  } catch (error) {
    if (error instanceof Error && /account must be verified/i.test(error.message)) return sentence(error.message);
  }
  return undefined;
}

function sentence(message: string): string {
  return (
    `CloudFront refuses this account: "${message}" Nothing was created. Open a case in AWS Support ` +
    '(Account and billing, which needs no support plan) with this message, and deploy when it is answered.'
  );
}

/** The managed cache policy CachingDisabled. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

function withoutCertificate(): DistributionConfig {
  const origin = { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' } as const;
  return {
    CallerReference: randomUUID(),
    Comment: 'Asks whether this account may have distributions',
    Enabled: false,
    // RFC 6761 keeps this name from ever existing, so nobody can have a certificate for it.
    Aliases: { Quantity: 1, Items: ['account-verification.invalid'] },
    Origins: { Quantity: 1, Items: [{ Id: 'none', DomainName: 'example.com', CustomOriginConfig: origin }] },
    DefaultCacheBehavior: {
      TargetOriginId: 'none',
      ViewerProtocolPolicy: 'https-only',
      CachePolicyId: cachingDisabled,
    },
  };
}
