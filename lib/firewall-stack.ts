import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Settings } from './settings';
import { stackNameOf } from '../functions/contract/stack';

export interface FirewallStackProps {
  readonly settings: Pick<Settings, 'stage'>;
}

/**
 * Limit of requests from one IP address in five minutes, 20 a second on average. Everything counts: the dashboard's
 * files, sign-in, calls with a token and attempts to guess one. It is high because all people in an office, and the
 * programs of a company, may share an address: a page of the dashboard needs about 30 requests when it is first opened,
 * so 100 people may open it within five minutes (3,000) beside a program that calls the API ten times a second (3,000).
 */
export const requestsPerAddress = 6_000;

/**
 * A WAF web ACL that limits the rate of requests of each IP address. Its one rule counts every request and has no key
 * that the caller chooses: a rule for each value of a header such as Authorization would begin a new count whenever the
 * value changes. It is a separate stack because a web ACL for CloudFront must be in us-east-1, wherever the product is.
 * Deploy it with `-c part=firewall`, then pass its ARN to the product's stack as `webAclArn`.
 */
export class FirewallStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: FirewallStackProps) {
    super(scope, id, {
      stackName: `${stackNameOf(settings.stage)}-firewall`,
      description: 'A rate rule in front of coffield-workflows',
      env: { region: 'us-east-1' },
      tags: { Product: 'coffield-workflows', Stage: settings.stage },
    });
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      description: `In front of ${stackNameOf(settings.stage)}`,
      defaultAction: { allow: {} },
      visibilityConfig: visibleAs('WebAcl'),
      rules: [
        {
          name: 'AddressRate',
          priority: 0,
          statement: {
            rateBasedStatement: {
              limit: requestsPerAddress,
              evaluationWindowSec: 300,
              aggregateKeyType: 'IP',
            },
          },
          action: tooManyRequests,
          visibilityConfig: visibleAs('AddressRate'),
        },
      ],
    });
    new CfnOutput(this, 'WebAclArn', { value: webAcl.attrArn });
  }
}

/** Answers as API Gateway's throttle does. WAF's default is 403, which would tell clients that their token is wrong. */
const tooManyRequests: CfnWebACL.RuleActionProperty = {
  block: { customResponse: { responseCode: 429, responseHeaders: [{ name: 'Retry-After', value: '60' }] } },
};

function visibleAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
