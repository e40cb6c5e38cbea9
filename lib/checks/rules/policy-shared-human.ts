import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole, AttachedPolicy } from '../../access/app/app-role';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText, text, textKey } from '../../policy/document/text';
import { awsManagedName } from '../judging/identity/aws-managed-policies';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Policy shared with people. */
export const POLICY_SHARED_HUMAN: Rule = {
  name: 'policy-shared-human',
  group: 'HUM',
  severity: 'error',
  title: 'A policy of people is a policy of the agent too.',
  why: 'Whoever widens the policy for a colleague widens the agent, and nobody reviews the agent when that happens.',
  fix: 'Give the agent statements of its own with the grants of ScopedAgentRole. Two policies with the same content are fine; a policy that only denies may be shared.',
  frameworks: ['OWASP NHI9', 'OWASP NHI10', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 GV'],
  *check(app): Iterable<Observation> {
    const people = attachments(app);
    const roles = app.rolesOf('human').filter(({ kinds }) => !kinds.has('agent'));
    const shared = new Map<AppResource, { policy: AttachedPolicy; agents: AppRole[] }>();
    for (const agent of app.agentRoles) {
      for (const policy of agent.policies.filter((attached) => attached.holder !== agent.resource && gives(attached))) {
        const known = shared.get(policy.holder) ?? { policy, agents: [] };
        known.agents.push(agent);
        shared.set(policy.holder, known);
      }
      for (const { arn } of agent.outside.filter((policy) => isOwn(policy.arn))) {
        const holders = [
          ...people.filter((attached) => isSameOutside(attached.named, arn)).map(({ title }) => title),
          ...roles
            .filter(({ outside }) => outside.some((other) => isSameOutside(other.arn, arn)))
            .map(({ resource }) => `role ${resource.title}`),
        ];
        if (holders.length > 0) {
          yield {
            resource: agent.resource,
            cause: [textKey(arn)],
            message: `${agent.resource.title} has the policy ${displayText(arn)}, and so has ${listed([...new Set(holders)])}.`,
          };
        }
      }
    }
    for (const [resource, { policy, agents }] of shared) {
      const holders = [
        ...people.filter(({ resource: attached }) => attached === resource).map(({ title }) => title),
        ...roles
          .filter(({ policies }) => policies.some(({ holder }) => holder === resource))
          .map(({ resource: role }) => `role ${role.title}`),
      ];
      if (holders.length > 0) {
        yield {
          resource,
          statements: policy.statements,
          message: `The policy ${resource.title} is attached to the agent role ${listed(agents.map((agent) => agent.resource.title))} and to ${listed([...new Set(holders)])}. It allows ${allowedBy(policy)}.`,
          example: `what is added for ${holders[0]} is the agent's too`,
        };
      }
    }
  },
};

/** A policy that reaches people. */
interface Attachment {
  /** Who has it, for people: `group Developers`. */
  readonly title: string;
  /** The policy, where it is part of the app. */
  readonly resource: AppResource | undefined;
  readonly named: PolicyText;
}

/** Every policy that reaches users, groups and permission sets, from either end. */
function attachments(app: AppModel): Attachment[] {
  const texts = (resource: AppResource, property: string): PolicyText[] =>
    resource
      .get(property)
      .items()
      .flatMap((item) => item.texts());
  const isPerson = (resource: AppResource | undefined): boolean =>
    resource === undefined || !resource.tag('PrincipalType').some((type) => /^agent|^service|^workload/i.test(type));
  const policies = app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy');
  const fromPolicies = policies.flatMap((resource) => {
    const at = (kind: string, type: string, property: string): Attachment[] =>
      texts(resource, property).flatMap((named) => {
        const holder = app.resourceCalled(type, named, resource);
        return isPerson(holder)
          ? [{ resource, named: [], title: `${kind} ${holder?.title ?? displayText(named)}` }]
          : [];
      });
    return [...at('group', 'AWS::IAM::Group', 'Groups'), ...at('user', 'AWS::IAM::User', 'Users')];
  });
  const fromPeople = app.ofType('AWS::IAM::User', 'AWS::IAM::Group').flatMap((holder) =>
    isPerson(holder)
      ? texts(holder, 'ManagedPolicyArns').map((named) => ({
          resource: app.resourceCalled('AWS::IAM::ManagedPolicy', named, holder),
          named,
          title: `${holder.type === 'AWS::IAM::User' ? 'user' : 'group'} ${holder.title}`,
        }))
      : [],
  );
  const fromPermissionSets = app.ofType('AWS::SSO::PermissionSet').flatMap((holder) =>
    holder
      .get('CustomerManagedPolicyReferences')
      .items()
      .flatMap((reference) => {
        const [path] = reference.get('Path').literals();
        return reference
          .get('Name')
          .texts()
          .map((name) => ({
            resource: app.resourceCalled('AWS::IAM::ManagedPolicy', name, holder),
            named: text(`arn:aws:iam:::policy${path ?? '/'}`, name),
            title: `permission set ${holder.title}`,
          }));
      }),
  );
  return [...fromPolicies, ...fromPeople, ...fromPermissionSets];
}

/** A policy that only denies is a guard, and may be everybody's. */
function gives({ statements }: AttachedPolicy): boolean {
  return statements.some(({ statement, unknown }) => statement.effect === 'Allow' || unknown.length > 0);
}

function allowedBy({ statements }: AttachedPolicy): string {
  const patterns = statements
    .filter(({ statement }) => statement.effect === 'Allow')
    .flatMap(({ statement: { action } }) =>
      action.patterns.map((pattern) => `${action.negated ? 'all but ' : ''}${displayText(pattern)}`),
    );
  return listed([...new Set(patterns)]);
}

/** Not one of AWS: those are the business of human-managed-policy. */
function isOwn(arn: PolicyText): boolean {
  return awsManagedName(arn) === undefined;
}

/** The same policy outside the app: its partition, and one of the accounts, may only be known at deployment. */
function isSameOutside(a: PolicyText, b: PolicyText): boolean {
  const [one, other] = [arnParts(a), arnParts(b)];
  if (one?.tail === undefined || other?.tail === undefined) {
    return a.length > 0 && textKey(a) === textKey(b);
  }
  const [from, to] = [literalOf(one.account), literalOf(other.account)];
  // A permission set names the policy without an account: there it is a policy of each account that it is used in.
  const isOneAccount = from === undefined || to === undefined || from === '' || to === '' || from === to;
  return isOneAccount && textKey(one.tail) === textKey(other.tail);
}
