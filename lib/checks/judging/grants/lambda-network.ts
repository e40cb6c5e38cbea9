import type { AppRole } from '../../../access/app/app-role';
import { servicesIn } from '../../../access/app/principals';
import { ActionSet } from './allowed-actions';

/**
 * What Lambda does with a function's role to put the function into a VPC. AWS asks for it on `*`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
const NETWORK = new ActionSet(
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
);

/** Whether an action is one that Lambda needs of all these roles to connect their functions to a network. */
export function isLambdaNetwork(action: string, roles: readonly AppRole[]): boolean {
  return NETWORK.has(action) && roles.every(({ trust }) => trust.flatMap(servicesIn).includes('lambda'));
}
