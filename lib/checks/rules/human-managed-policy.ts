import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { awsManagedName, managedPolicyKind } from '../judging/identity/aws-managed-policies';
import type { Observation } from '../observation';
import type { Rule, Severity } from '../rule';

/** Policies written for people. */
export const HUMAN_MANAGED_POLICY: Rule = {
  name: 'human-managed-policy',
  group: 'HUM',
  severity: 'error',
  title: 'The role of an agent has an AWS-managed policy that was written for people.',
  why: 'Such policies give all of a service, or of the account, so that a person need not ask. AWS adds to them without notice, and the agent has it the same day.',
  fix: 'Take the policy off and grant what the agent needs: AgentModelGrant, AgentStorageGrant, AgentFunctionGrant, AgentAccessGrant. ScopedAgentRole takes no managed policies.',
  frameworks: ['OWASP NHI5', 'OWASP NHI10', 'NIST SP 800-53 AC-6(5)', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 GV'],
  *check(app): Iterable<Observation> {
    for (const { resource, outside } of app.agentRoles) {
      for (const { arn } of outside) {
        const judged = judge(arn);
        if (judged !== undefined) {
          yield { resource, cause: [displayText(arn)], ...judged, message: `${resource.title} ${judged.message}` };
        }
      }
    }
  },
};

function judge(
  arn: PolicyText,
): { message: string; severity?: Severity; undecided?: string; example?: string } | undefined {
  const name = awsManagedName(arn);
  if (name === undefined) {
    return undefined;
  }
  const literal = literalOf(name);
  if (literal === undefined) {
    return {
      severity: 'warning',
      message: `has an AWS-managed policy whose name is not in the template: ${displayText(name)}.`,
      undecided: 'its name is only known at deployment',
    };
  }
  switch (managedPolicyKind(literal)) {
    case 'people':
      return {
        message: `has the AWS-managed policy ${literal}, which was written for people.`,
        example: EXAMPLES.find(([form]) => form.test(literal))?.[1] ?? 'a deletion of any resource of the service',
      };
    case 'wide':
      return {
        severity: 'warning',
        message: `has the AWS-managed policy ${literal}: it is about every resource of the account, and AWS changes it.`,
      };
    case 'service':
      return {
        severity: 'info',
        message: `has the AWS-managed policy ${literal}, which was written for a service and is not among those that were looked at.`,
      };
    default:
      return undefined;
  }
}

const EXAMPLES: readonly (readonly [RegExp, string])[] = [
  [/Administrator|IAMFullAccess/, 'iam:CreateUser on *'],
  [/PowerUser|SystemAdministrator/, 'ec2:TerminateInstances on *'],
  [/ReadOnly|ViewOnly|SecurityAudit|SupportUser|Billing/, 's3:ListAllMyBuckets on *'],
  [/BedrockLimited/, 'bedrock:InvokeModel on *'],
  [/BedrockAgentCore/, 'bedrock-agentcore:DeleteAgentRuntime on *'],
  [/Bedrock/, 'bedrock:DeleteGuardrail on *'],
  [/S3/, 's3:DeleteObject on *'],
  [/DynamoDB/, 'dynamodb:DeleteTable on *'],
  [/Lambda/, 'lambda:UpdateFunctionCode on *'],
  [/Secrets/, 'secretsmanager:GetSecretValue on *'],
];
