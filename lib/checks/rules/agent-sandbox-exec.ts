import type { AppModel } from '../../access/app/app-model';
import type { AppRole } from '../../access/app/app-role';
import { arnParts } from '../../access/app/arn-parts';
import { literalOf, type PolicyText } from '../../policy/document/text';
import type { ServiceAction } from '../../policy/reference/service-reference';
import {
  AGENT_EXEC,
  BROWSER_SESSION,
  BROWSER_STREAM,
  INTERPRETER_CODE,
  INTERPRETER_SESSION,
  RUNTIME_COMMAND,
} from '../action-sets/agent-exec';
import { hasNarrowingCondition } from '../judging/conditions/narrowing';
import { type ActionGrant, actionGrants, isBroad, isUnknown, judgedGrants } from '../judging/grants/judged-grants';
import { exampleOf, rolesShown } from '../judging/grants/statement-grants';
import { listed, shownResources, whereIs } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent that can run code in the sandboxes or runtimes of other agents. */
export const AGENT_SANDBOX_EXEC: Rule = {
  name: 'agent-sandbox-exec',
  group: 'ESC',
  severity: 'error',
  title: 'An agent can run commands in a runtime, or code in every code interpreter or browser of the account.',
  why: 'Code in a sandbox or beside an agent gets the role of that sandbox or agent from its metadata service. So the agent has the rights of every interpreter, browser and runtime that it can reach.',
  fix: "Name the agent's own code interpreter or browser with AgentAccessGrant, or the one of AWS without a role (`code-interpreter/aws.codeinterpreter.v1`, account `aws`). Leave InvokeAgentRuntimeCommand and InvokeAgentRuntimeCommandShell to people.",
  frameworks: ['OWASP ASI05', 'CSA MAESTRO L4', 'NIST CSF 2.0 PR.AA'],
  *check(app): Iterable<Observation> {
    const runs = judgedGrants(app, app.rolesOf('agent', 'agent-tool'), AGENT_EXEC, (grant, role) => {
      const { action, resources } = grant;
      if (RUNTIME_COMMAND.has(action.name)) {
        return resources;
      }
      const counts =
        INTERPRETER_CODE.has(action.name) ||
        (INTERPRETER_SESSION.has(action.name) && runsCodeAnywhere(app, role)) ||
        (BROWSER_SESSION.has(action.name) && actionGrants(app, role, BROWSER_STREAM).length > 0);
      return counts ? customOnes(grant) : [];
    });
    for (const grant of runs) {
      yield {
        resource: grant.statement.holder,
        statements: [grant.statement],
        message: `${whereIs(grant.statement)} lets ${rolesShown(grant)} run code with the role of whatever is there: ${listed(grant.actions)} on ${shownResources(grant.resources)}.`,
        example: exampleOf(grant),
      };
    }
  },
};

/** Whether a role may run code in every custom code interpreter. */
function runsCodeAnywhere(app: AppModel, role: AppRole): boolean {
  return actionGrants(app, role, INTERPRETER_CODE).some((grant) => customOnes(grant).length > 0);
}

/** The resources of a grant that are all custom sandboxes. Those of AWS are in the account `aws` and have no role. */
function customOnes({ statement, action, resources }: ActionGrant): readonly PolicyText[] {
  return isUnknown(statement, 'Condition') || hasNarrowingCondition(statement)
    ? []
    : resources.filter((resource) => isCustom(resource, action));
}

function isCustom(resource: PolicyText, action: ServiceAction): boolean {
  const custom = action.resourceTypes.filter(({ name }) => name.endsWith('-custom'));
  return (
    literalOf(arnParts(resource)?.account ?? []) !== 'aws' && isBroad(resource, { ...action, resourceTypes: custom })
  );
}
