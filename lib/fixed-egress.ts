import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import {
  CfnEIP,
  GatewayVpcEndpointAwsService,
  NatProvider,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Stage } from './stage';
import { stackNameOf } from '../functions/contract/stack';

export interface FixedEgressProps {
  readonly stage: Stage;
}

/**
 * Addresses that webhooks come from, for receivers who admit only those on a list. One NAT gateway costs about 33 $ a
 * month, its address 4 $, and each GB 0.045 $ (aws.amazon.com/vpc/pricing); production has two, so that a zone that
 * fails stops no delivery.
 */
export class FixedEgress extends Construct {
  /** The addresses, separated by commas. */
  readonly addresses: string;

  readonly #vpc: WebhookVpc;
  readonly #securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { stage }: FixedEgressProps) {
    super(scope, id);
    const natGateways = stage.production ? 2 : 1;
    const addresses = Array.from({ length: natGateways }, (_, index) => {
      const address = new CfnEIP(this, `Address${index + 1}`, { domain: 'vpc' });
      // Receivers have written it down: production keeps it, whatever happens to the stack.
      address.applyRemovalPolicy(stage.removalPolicy);
      return address;
    });
    this.#vpc = new WebhookVpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways,
      natGatewayProvider: NatProvider.gateway({ eipAllocationIds: addresses.map((one) => one.attrAllocationId) }),
      // Free, and what the function reads and writes then costs nothing at the NAT gateway.
      gatewayEndpoints: { DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
      subnetConfiguration: [
        { name: 'Gateway', subnetType: SubnetType.PUBLIC, cidrMask: 28 },
        // 500 addresses: Lambda takes few, but CloudFormation can never widen a subnet.
        { name: 'Function', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 23 },
      ],
      // Closing the group that nothing is in would take a function of the CDK's with rights over groups.
      restrictDefaultSecurityGroup: false,
    });
    Validations.of(this.#vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason: 'The one thing in it notes the address and outcome of every connection it opens: a delivery attempt.',
    });
    this.#securityGroup = new SecurityGroup(this, 'Https', {
      vpc: this.#vpc,
      description: 'Webhooks leave over HTTPS and nothing comes in',
      allowAllOutbound: false,
    });
    this.#securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'HTTPS');
    this.addresses = addresses.map(({ ref }) => ref).join(',');
  }

  /** Lets the function of this role have network interfaces here. @returns the function's properties for it */
  admit(role: Role) {
    const actions = [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ];
    // Lambda asks for them on everything: docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    role.addToPolicy(new PolicyStatement({ actions, resources: ['*'] }));
    // They are Lambda's to use; from inside a function of this product they are refused (same page). Not by the stack's
    // name, of which CloudFormation puts no more than a part into a function's.
    const functions = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: stackNameOf('*'),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions,
        resources: ['*'],
        conditions: { ArnLike: { 'lambda:SourceFunctionArn': functions } },
      }),
    );
    return {
      vpc: this.#vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [this.#securityGroup],
    };
  }
}

/** Says again what the class leaves open: under exactOptionalPropertyTypes a Vpc is otherwise no IVpc. */
class WebhookVpc extends Vpc {
  override get vpnGatewayId(): never {
    throw new Error('Nothing is connected to this network');
  }
}
