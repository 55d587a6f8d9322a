/** The function's place in a VPC: what it needs, and what its role has to allow Lambda for it. */
import { Validations } from 'aws-cdk-lib';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Effect, type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Vpc } from './configuration/schema.ts';

/** Lambda does these with the function's role; EC2 knows no resource for most of them before it has made one. */
const interfaceActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** For the role: Lambda refuses to make the function without it. */
export const interfacesOfLambda = (): PolicyStatement =>
  new PolicyStatement({ actions: interfaceActions, resources: ['*'] });

export const interfacesReason = {
  id: 'AwsSolutions-IAM5[Resource::*]',
  reason:
    'Lambda makes and removes its network interfaces with the role of the function, on resources that have no name ' +
    'before. The function itself is denied the same, by a policy of its own.',
};

export interface NetworkProps {
  readonly vpc: Vpc;
  readonly function: IFunction;
  readonly role: IRole;
}

export class Network extends Construct {
  constructor(scope: Construct, id: string, { vpc, function: exporter, role }: NetworkProps) {
    super(scope, id);
    const resource = exporter.node.defaultChild;
    if (!(resource instanceof CfnFunction)) throw new TypeError(`${exporter.node.path} is no function.`);
    resource.vpcConfig = {
      subnetIds: [...vpc.subnetIds],
      securityGroupIds: vpc.securityGroupIds ? [...vpc.securityGroupIds] : [this.#securityGroup(vpc.vpcId)],
    };
    // Its code has no business with them: only Lambda, which acts before there is an invocation.
    const policy = new Policy(this, 'NotByItsCode', {
      statements: [
        new PolicyStatement({
          effect: Effect.DENY,
          actions: interfaceActions,
          resources: ['*'],
          conditions: { ArnEquals: { 'lambda:SourceFunctionArn': exporter.functionArn } },
        }),
      ],
    });
    policy.attachToRole(role);
    Validations.of(policy).acknowledge(interfacesReason);
  }

  #securityGroup(vpcId: string): string {
    const out = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    return new CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId,
      groupDescription: 'Braze CDI sync history: HTTPS out, and nothing in.',
      securityGroupEgress: [
        { ...out, cidrIp: '0.0.0.0/0', description: 'Braze and AWS' },
        { ...out, cidrIpv6: '::/0', description: 'Braze and AWS' },
      ],
    }).attrGroupId;
  }
}
