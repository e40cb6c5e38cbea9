import type { AppRole, AttachedPolicy } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import { ABOVE_ANY_CEILING } from '../action-sets/above-any-ceiling';
import { statementKey } from '../finding-id';
import { grantsOf } from '../judging/grants/role-grants';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** AWS-managed policies that are no ceiling: they leave IAM writes. */
const NO_CEILING =
  /:iam::aws:policy\/(AdministratorAccess(-[A-Za-z]+)?|IAMFullAccess|AWSOrganizationsFullAccess|AWSSSOMasterAccountAdministrator)$/;

/** Boundary absent or empty. */
export const BOUNDARY_MISSING: Rule = {
  name: 'boundary-missing',
  group: 'ID',
  severity: 'error',
  title: 'Nothing limits what the role of the agent can ever be given.',
  why: 'One more policy on the role, by mistake or by somebody who was talked into it, and the agent has that too. A ceiling that leaves IAM writes can be lifted by the agent itself.',
  fix: 'Set PermissionsBoundary to a policy that denies writes of IAM, IAM Identity Center and Organizations. ScopedAgentRole brings one.',
  frameworks: [
    'OWASP NHI5',
    'NIST SP 800-53 AC-6(1)',
    'AWS AGENTSEC03-BP03',
    'AWS GENSEC05-BP01',
    'NIST CSF 2.0 PR.AA',
  ],
  *check(app): Iterable<Observation> {
    const known = new Map<string, Left>();
    for (const { resource, boundary } of app.agentRoles) {
      const missing = missingIn(boundary);
      if (missing !== undefined) {
        yield { resource, cause: ['absent'], message: `${resource.title} has no permissions boundary${missing}.` };
      }
      const arns = boundary.arns.filter((arn) => NO_CEILING.test(displayText(arn)));
      if (arns.length > 0) {
        yield {
          resource,
          cause: arns.map(displayText),
          message: `The permissions boundary of ${resource.title} is ${listed(arns.map(nameOf))}, which leaves everything that it should take away.`,
          example: 'iam:PutRolePolicy on the role itself, once a policy gives it',
        };
      }
      for (const policy of boundary.policies) {
        const { statements, actions, named } = leftBy(policy, known);
        if (actions.length > 0) {
          // A ceiling that denies IAM and forgets about the organization does not lift itself.
          const harmless = !named && !actions.some((action) => action.startsWith('iam:'));
          yield {
            resource,
            statements,
            ...(harmless && { severity: 'info' }),
            cause: [policy.holder.key],
            message: `The permissions boundary ${policy.holder.title} of ${resource.title} leaves what lifts a ceiling: ${listed(actions)}.`,
            example: `${actions[0]}, once a policy gives it`,
          };
        }
      }
    }
  },
};

function missingIn({ presence, arns }: AppRole['boundary']): string | undefined {
  const empty = arns.some((arn) => literalOf(arn) === '');
  return presence === 'never' ? '' : presence === 'sometimes' || empty ? ' in one branch of a condition' : undefined;
}

/** What a boundary allows that it must not. */
interface Left {
  readonly statements: AppStatement[];
  readonly actions: string[];
  /** Whether it does so by naming it, and not by an Allow of everything. */
  readonly named: boolean;
}

/** What every boundary with these words leaves; `known` keeps it, since most stacks of an app have the same. */
function leftBy({ statements }: AttachedPolicy, known: Map<string, Left>): Left {
  const key = statements.map(statementKey).join('\n');
  const left = known.get(key) ?? lookedUp(statements);
  known.set(key, left);
  return left;
}

function lookedUp(statements: readonly AppStatement[]): Left {
  const grants = grantsOf({ statements: statements.filter(({ unknown }) => unknown.length === 0) }, ABOVE_ANY_CEILING);
  const left = grants.map(({ statement }) => statement);
  return {
    statements: left,
    actions: [...new Set(grants.flatMap(({ actions }) => actions))].sort(),
    named: left.some(
      ({ statement: { action } }) => !action.negated && action.patterns.every((pattern) => literalOf(pattern) !== '*'),
    ),
  };
}

function nameOf(arn: PolicyText): string {
  return displayText(arn).split('/').at(-1) ?? '';
}
