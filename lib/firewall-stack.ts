import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Settings } from './settings';
import { stackNameOf } from '../functions/contract/stack';

export interface FirewallStackProps {
  readonly settings: Pick<Settings, 'stage'>;
}

/** Limit of requests with one token in five minutes. Ten a second is far more than a client needs to poll its runs. */
export const requestsPerToken = 3_000;

/**
 * Limit of requests without a token from one IP address in five minutes. It covers the dashboard's files, sign-in and
 * attempts to guess, and is high because all people in an office may share an address.
 */
export const requestsPerAddress = 3_000;

/**
 * A WAF web ACL that limits the rate of requests of each token and of each IP address. It is a separate stack because a
 * web ACL for CloudFront must be in us-east-1, wherever the product is. Deploy it with `-c part=firewall`, then pass
 * its ARN to the product's stack as `webAclArn`.
 */
export class FirewallStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: FirewallStackProps) {
    super(scope, id, {
      stackName: `${stackNameOf(settings.stage)}-firewall`,
      description: 'Rate rules in front of coffield-workflows',
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
          name: 'TokenRate',
          priority: 0,
          // This rule does not count requests without an Authorization header; the next one does.
          statement: {
            rateBasedStatement: {
              limit: requestsPerToken,
              evaluationWindowSec: 300,
              aggregateKeyType: 'CUSTOM_KEYS',
              customKeys: [{ header: { name: 'authorization', textTransformations: [{ priority: 0, type: 'NONE' }] } }],
            },
          },
          action: tooManyRequests,
          visibilityConfig: visibleAs('TokenRate'),
        },
        {
          name: 'AddressRate',
          priority: 1,
          statement: {
            rateBasedStatement: {
              limit: requestsPerAddress,
              evaluationWindowSec: 300,
              aggregateKeyType: 'IP',
              scopeDownStatement: { notStatement: { statement: carriesToken } },
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

const carriesToken: CfnWebACL.StatementProperty = {
  sizeConstraintStatement: {
    fieldToMatch: { singleHeader: { Name: 'authorization' } },
    comparisonOperator: 'GT',
    size: 0,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

function visibleAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
