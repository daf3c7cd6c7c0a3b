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
 * Fixed addresses that webhooks are sent from, for receivers that accept requests only from an allow list. One NAT
 * gateway costs about 33 $ a month, its address 4 $, and each GB 0.045 $ (aws.amazon.com/vpc/pricing). Production has
 * two, so that deliveries continue when an availability zone fails.
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
      // Receivers have put the address on their allow lists, so production keeps it even if the stack is deleted.
      address.applyRemovalPolicy(stage.removalPolicy);
      return address;
    });
    this.#vpc = new WebhookVpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways,
      natGatewayProvider: NatProvider.gateway({ eipAllocationIds: addresses.map((one) => one.attrAllocationId) }),
      // The endpoint is free, and the function's traffic to DynamoDB then does not pay for the NAT gateway.
      gatewayEndpoints: { DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
      subnetConfiguration: [
        { name: 'Gateway', subnetType: SubnetType.PUBLIC, cidrMask: 28 },
        // About 500 addresses: Lambda needs only a few, but CloudFormation can never enlarge a subnet.
        { name: 'Function', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 23 },
      ],
      // Nothing uses the default security group, and to restrict it the CDK would deploy a function that may change
      // security groups.
      restrictDefaultSecurityGroup: false,
    });
    Validations.of(this.#vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason: 'The one function in this network records address and outcome of every connection as a delivery attempt.',
    });
    this.#securityGroup = new SecurityGroup(this, 'Https', {
      vpc: this.#vpc,
      description: 'Webhooks leave over HTTPS and nothing comes in',
      allowAllOutbound: false,
    });
    this.#securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'HTTPS');
    this.addresses = addresses.map(({ ref }) => ref).join(',');
  }

  /**
   * Lets the function with this role use network interfaces in the VPC.
   *
   * @returns the properties that place the function in the VPC
   */
  attach(role: Role) {
    const actions = [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ];
    // Lambda needs these actions on all resources: docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    role.addToPolicy(new PolicyStatement({ actions, resources: ['*'] }));
    // Only the Lambda service needs them. The deny statement keeps the function's own code from using them, as the same
    // page recommends. The pattern does not contain the stack's full name, because CloudFormation may shorten it in the
    // names of functions.
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

/**
 * A Vpc that is assignable to IVpc under exactOptionalPropertyTypes. Vpc declares `vpnGatewayId` as possibly undefined,
 * which IVpc does not allow.
 */
class WebhookVpc extends Vpc {
  override get vpnGatewayId(): never {
    throw new Error('This network has no VPN gateway.');
  }
}
