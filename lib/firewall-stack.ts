import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Settings } from './settings';
import { stackNameOf } from '../functions/contract/stack';

export interface FirewallStackProps {
  readonly settings: Pick<Settings, 'stage'>;
}

/** Requests in five minutes. Ten a second is far above what polling one's runs takes. */
export const requestsPerToken = 3_000;

/** Of one address and without a token: the dashboard's files, sign-in, guessing. An office shares one. */
export const requestsPerAddress = 3_000;

/**
 * A web ACL that bounds what one token and one address can ask of the distribution. A stack of its own because one for
 * CloudFront must be in us-east-1, wherever the rest is: deploy it with `-c part=firewall`, then name it in `webAclArn`.
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
          // Requests without the header are not counted here.
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

/** As API Gateway answers above its own throttle, and not WAF's 403, which would say that the token is wrong. */
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
