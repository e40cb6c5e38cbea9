import { arnParts } from '../../../access/app/arn-parts';
import { literalOf, type PolicyText } from '../../../policy/document/text';

/** For whom AWS wrote a managed policy. */
export type ManagedPolicyKind =
  /** People who run an account or a service: everything of it. */
  | 'people'
  /** People who look at a service, or parts of one: too wide for an agent all the same. */
  | 'wide'
  /** A service that runs something with the role, and needs this. */
  | 'host'
  /** One of `service-role/` that is not on the list of those. */
  | 'service'
  /** It only denies. */
  | 'deny';

/** Policies that give all of an account or a service, or are bound to a job of a person. */
const PEOPLE =
  /^(job-function\/.*|(.*\/)?(AdministratorAccess(-.*)?|PowerUserAccess|ReadOnlyAccess|ViewOnlyAccess|SecurityAudit|Billing|IAM(FullAccess|ReadOnlyAccess|UserChangePassword|SelfManageServiceSpecificCredentials|UserSSHKeys)|AmazonBedrockLimitedAccess|SecretsManagerReadWrite|.*_?FullAccess(V\d|_v\d)?|.*PowerUser|.*Administrator(Access)?))$/i;

/** What hosts need to run a function, a task or a trace: the policies that CDK's own constructs attach, and their like. */
const HOST = new Set(
  [
    'AWSXRayDaemonWriteAccess',
    'AWSXrayWriteOnlyAccess',
    'CloudWatchAgentServerPolicy',
    'CloudWatchLambdaApplicationSignalsExecutionRolePolicy',
    'CloudWatchLambdaInsightsExecutionRolePolicy',
    'service-role/AWSLambdaBasicDurableExecutionRolePolicy',
    'service-role/AWSLambdaBasicExecutionRole',
    'service-role/AWSLambdaDynamoDBExecutionRole',
    'service-role/AWSLambdaENIManagementAccess',
    'service-role/AWSLambdaKinesisExecutionRole',
    'service-role/AWSLambdaMSKExecutionRole',
    'service-role/AWSLambdaSQSQueueExecutionRole',
    'service-role/AWSLambdaVPCAccessExecutionRole',
    'service-role/AmazonECSTaskExecutionRolePolicy',
  ].map((name) => name.toLowerCase()),
);

/** The name of an AWS-managed policy in its ARN, path and all; undefined for the ARN of another policy. */
export function awsManagedName(arn: PolicyText): PolicyText | undefined {
  const parts = arnParts(arn);
  const [first, ...more] = parts?.tail ?? [];
  const isPolicy = typeof first === 'string' && first.startsWith('policy/');
  return parts !== undefined && literalOf(parts.service) === 'iam' && literalOf(parts.account) === 'aws' && isPolicy
    ? [first.slice('policy/'.length), ...more].filter((part) => part !== '')
    : undefined;
}

/** For whom an AWS-managed policy is. What is not on a list counts as wide: nobody has looked at it. */
export function managedPolicyKind(name: string): ManagedPolicyKind {
  if (HOST.has(name.toLowerCase()) || /(^|\/)\w+(ExecutionRolePolicy|ServiceRolePolicy)$/.test(name)) {
    return 'host';
  }
  if (/^(AWSDenyAll|AWSCompromisedKeyQuarantine(V\d)?)$/i.test(name)) {
    return 'deny';
  }
  return PEOPLE.test(name) ? 'people' : /^service-role\//i.test(name) ? 'service' : 'wide';
}
