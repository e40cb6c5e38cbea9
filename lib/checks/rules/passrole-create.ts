import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import type { AppStatement } from '../../access/app/app-statement';
import { displayText, text } from '../../policy/document/text';
import { NEW_COMPUTE, servicesThatGetTheRole } from '../action-sets/new-compute';
import { PASS_ROLE } from '../action-sets/pass-role';
import { expansionOf } from '../judging/grants/allowed-actions';
import { type ActionGrant, actionGrants } from '../judging/grants/judged-grants';
import { type Passing, passesTo } from '../judging/grants/passed-services';
import { isDenied } from '../judging/grants/role-grants';
import { listed, shownResources } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that may pass a role and start something new that runs with it. */
export const PASSROLE_CREATE: Rule = {
  name: 'passrole-create',
  group: 'ESC',
  severity: 'error',
  title: 'An agent may pass a role and start something new that runs with it.',
  why: 'Both halves together run code of the agent, or of whoever talked it into it, with the passed role: its own limits no longer hold, even where each half is scoped.',
  fix: 'Take one half out: let the deployment make the function, task or runtime, and give the agent the action that starts it (AgentFunctionGrant). Where it has to be, ask for an iam:PassedToService other than that of the new resource.',
  frameworks: ['OWASP ASI03', 'OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    for (const role of app.rolesOf('agent', 'agent-tool')) {
      const passes = actionGrants(app, role, PASS_ROLE);
      const creates = passes.length === 0 ? [] : createsOf(app, role);
      const certain = pairsOf(passes, creates, role, 'yes');
      const pairs = certain.length > 0 ? certain : pairsOf(passes, creates, role, 'unknown');
      if (pairs.length > 0) {
        const actions = [...new Set(pairs.map(({ create }) => create.action))];
        const passed = pairs.flatMap(({ pass }) => pass.resources);
        yield {
          resource: role.resource,
          statements: [...new Set(pairs.flatMap(({ pass, create }) => [pass.statement, ...create.statements]))],
          message: `${role.resource.title} may pass ${shownResources(passed)} and start something new with it: ${listed(actions)}.`,
          example: `${actions[0]?.split(' ')[0]} with the role ${displayText(passed[0] ?? [])}`,
          ...(certain.length > 0
            ? {}
            : { severity: 'info' as const, undecided: 'the template does not tell iam:PassedToService' }),
        };
      }
    }
  },
};

/** Something new that a role may start. */
interface Create {
  /** Such as `lambda:CreateFunction`, with the managed policy that gives it where it is none of the app. */
  readonly action: string;
  readonly services: readonly string[];
  readonly statements: readonly AppStatement[];
}

interface Pair {
  readonly pass: ActionGrant;
  readonly create: Create;
}

/** What AWS-managed policies give that people put beside a statement of their own. */
const MANAGED: Readonly<Record<string, string>> = {
  AdministratorAccess: '*',
  AmazonBedrockFullAccess: 'bedrock:*',
  AmazonEC2FullAccess: 'ec2:*',
  AWSCloudFormationFullAccess: 'cloudformation:*',
  AWSLambda_FullAccess: 'lambda:*',
  BedrockAgentCoreFullAccess: 'bedrock-agentcore:*',
  PowerUserAccess: '*',
};

function createsOf(app: AppModel, role: AppRole): Create[] {
  const own = actionGrants(app, role, NEW_COMPUTE).map(({ statement, action }) => ({
    action: action.name,
    services: servicesThatGetTheRole(action.name),
    statements: [statement],
  }));
  const managed = role.outside.flatMap(({ arn }) => {
    const [, name = ''] = /:aws:policy\/(?:.*\/)?([\w+=,.@-]+)$/.exec(displayText(arn)) ?? [];
    const pattern = MANAGED[name];
    return pattern === undefined
      ? []
      : expansionOf(text(pattern))
          .filter((action) => NEW_COMPUTE.has(action) && !isDenied(role, action))
          .map((action) => ({
            action: `${action} (${name})`,
            services: servicesThatGetTheRole(action),
            statements: [],
          }));
  });
  return [...own, ...managed];
}

/** The grants of one role that go together: the service of the new resource may get the role. */
function pairsOf(passes: readonly ActionGrant[], creates: readonly Create[], role: AppRole, wanted: Passing): Pair[] {
  return creates.flatMap((create) =>
    passes
      .filter((pass) => create.services.some((service) => passesTo(pass, role, service) === wanted))
      .map((pass) => ({ pass, create })),
  );
}
