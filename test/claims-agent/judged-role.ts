import { literalValue } from '../../lib/access/literal-template';
import { type RolePolicies, rolePolicies } from '../../lib/access/role-policies';
import { isRecord, type Template } from '../../lib/access/template';
import { evaluate } from '../../lib/policy/evaluate/evaluate';
import { type Host, type RequestCase, requestContext, type TrustCase } from './cases';
import { ACCOUNT, REGION } from './claims-resources';

const ENVIRONMENT = { account: ACCOUNT, region: REGION, partition: 'aws' };
const ALLOW_ALL = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

/** A role of a template, with all that reaches it, ready to be asked about requests. */
export class JudgedRole {
  /** The role with this logical id, or without one the only role of the template. */
  public static of(template: Template, logicalId: string = onlyRole(template)): JudgedRole {
    const policies = rolePolicies(template, logicalId);
    if (policies.managedPolicyArns.length > 0) {
      throw new Error(`${logicalId} has policies that are not in the template; what it may do is not known`);
    }
    const literal = (value: unknown): unknown => literalValue(value, template, ENVIRONMENT);
    return new JudgedRole(
      literal({ 'Fn::GetAtt': [logicalId, 'Arn'] }) as string,
      literal(policies) as RolePolicies,
      literal(template.Resources?.[logicalId]?.Properties?.Tags) ?? [],
    );
  }

  /** The role of the agent with this name, found by its tags. */
  public static ofAgent(template: Template, agentName: string): JudgedRole {
    const found = Object.entries(template.Resources ?? {}).filter(([, { Type: type, Properties: properties }]) => {
      const tags = properties?.Tags;
      return (
        type === 'AWS::IAM::Role' && JSON.stringify(tags ?? []).includes(`{"Key":"AgentName","Value":"${agentName}"}`)
      );
    });
    const [entry] = found;
    if (entry === undefined || found.length > 1) {
      throw new Error(`${found.length} roles are tagged AgentName=${agentName}`);
    }
    return JudgedRole.of(template, entry[0]);
  }

  private constructor(
    public readonly arn: string,
    public readonly policies: RolePolicies,
    private readonly tags: unknown,
  ) {}

  /**
   * Whether the role's policies and boundary let the request through.
   *
   * A resource of another account is judged as if its owner had opened it: what stops the request must be the role.
   */
  public allows(request: RequestCase, host: Host): boolean {
    const { identity, boundary } = this.policies;
    if (boundary !== undefined && !('document' in boundary)) {
      throw new Error(`the boundary of ${this.arn} is not in the template; what it may do is not known`);
    }
    const { decision } = evaluate(
      {
        identity: identity.map(({ document }) => document),
        ...(boundary === undefined ? {} : { boundary: boundary.document }),
      },
      {
        action: request.action,
        ...(request.resource === '*' ? {} : { resource: request.resource }),
        principal: this.arn,
        resourceAccount: ACCOUNT,
        context: { ...this.principalTags(), ...requestContext(request, host) },
      },
    );
    return decision === 'Allowed';
  }

  /** Whether the trust policy lets somebody assume the role who has every permission on the own side. */
  public admits(attempt: TrustCase): boolean {
    const { decision } = evaluate(
      { identity: ALLOW_ALL, resource: this.policies.trust },
      {
        action: attempt.action,
        resource: this.arn,
        principal: attempt.principal,
        ...(attempt.context === undefined ? {} : { context: attempt.context }),
      },
    );
    return decision === 'Allowed';
  }

  private principalTags(): Record<string, string> {
    const tags = Array.isArray(this.tags) ? this.tags.filter(isRecord) : [];
    return Object.fromEntries(tags.map(({ Key: key, Value: value }) => [`aws:PrincipalTag/${key}`, String(value)]));
  }
}

function onlyRole(template: Template): string {
  const roles = Object.entries(template.Resources ?? {}).filter(([, { Type: type }]) => type === 'AWS::IAM::Role');
  const [role] = roles;
  if (role === undefined || roles.length > 1) {
    throw new Error(`expected one role in the template, got ${roles.length}`);
  }
  return role[0];
}
