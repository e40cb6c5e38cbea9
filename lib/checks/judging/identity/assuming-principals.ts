import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import { humanPrincipals, serviceName } from '../../../access/app/principals';
import { displayText, literalOf, type PolicyText, text } from '../../../policy/document/text';
import { isRequired } from '../conditions/narrowing';
import { ActionSet } from '../grants/allowed-actions';
import { grantsOf } from '../grants/role-grants';

/** Who a statement of a trust policy lets in: an agent, a person, something else such as a broker, or a value. */
export interface AssumingPrincipal {
  readonly kind: 'agent' | 'human' | 'other' | 'unknown';
  /** For people. */
  readonly shown: string;
  /** The statement of the agent's own role without which it could not: where the trust is in a whole account. */
  readonly by?: AppStatement;
}

const ASSUME = new ActionSet('sts:AssumeRole');
const AGENT_SERVICES = ['bedrock', 'bedrock-agentcore'];

/** Everybody that a statement of a role's trust policy lets assume the role. */
export function assumingPrincipals(app: AppModel, role: AppRole, trust: AppStatement): AssumingPrincipal[] {
  const { principal, conditions } = trust.statement;
  if (principal === undefined) {
    return [];
  }
  const needsMfa = conditions.some(
    ({ key, operator, values }) =>
      key.toLowerCase() === 'aws:multifactorauthpresent' &&
      operator.family === 'Bool' &&
      !operator.ifExists &&
      values.every((value) => literalOf(value)?.toLowerCase() === 'true'),
  );
  if (needsMfa) {
    // Sessions of workloads never carry the key.
    return [{ kind: 'human', shown: 'people with MFA' }];
  }
  if (principal.everyone || principal.negated) {
    return wholeAccount(app, role, trust, principal.negated ? 'everybody but a few' : 'everybody');
  }
  const humans = humanPrincipals(trust);
  return principal.entries.flatMap(({ type, id }): AssumingPrincipal[] => {
    const shown = displayText(id);
    if (type === 'Service') {
      const service = serviceName(id);
      return AGENT_SERVICES.includes(service) ? [{ kind: 'agent', shown: `the service ${service}` }] : [];
    }
    if (type !== 'AWS' || humans.includes(shown)) {
      return [{ kind: 'human', shown }];
    }
    return isAccount(id) ? wholeAccount(app, role, trust, `account ${shown}`) : [ofRole(app, id, role.resource)];
  });
}

function ofRole(app: AppModel, named: PolicyText, from: AppResource): AssumingPrincipal {
  const found = app.roleOf(sessionRole(named) ?? named, from);
  const shown = found?.resource.title ?? displayText(named);
  if (found === undefined) {
    return { kind: literalOf(named) === undefined && isOneValue(named) ? 'unknown' : 'other', shown };
  }
  return { kind: found.kinds.has('agent') ? 'agent' : found.kinds.has('human') ? 'human' : 'other', shown };
}

/** Whether a text is nothing but one value that the template does not tell. */
function isOneValue(named: PolicyText): boolean {
  return named.length === 1;
}

/** The role of a session's ARN, `arn:aws:sts::111122223333:assumed-role/Name/session`, by its name. */
function sessionRole(named: PolicyText): PolicyText | undefined {
  const parts = arnParts(named);
  const [first, ...rest] = parts?.tail ?? [];
  if (typeof first !== 'string' || !first.startsWith('assumed-role/')) {
    return undefined;
  }
  const name = first.slice('assumed-role/'.length);
  return name === '' ? text(...rest.slice(0, 1)) : text(name.split('/')[0] ?? '');
}

function isAccount(id: PolicyText): boolean {
  const tail = arnParts(id)?.tail;
  const literal = literalOf(id);
  return (
    (tail !== undefined && literalOf(tail) === 'root') ||
    (literal !== undefined && /^\d{12}$/.test(literal)) ||
    displayText(id) === '<AWS::AccountId>'
  );
}

/** Of a whole account, those whom the conditions leave, and who are allowed to by their own policies. */
function wholeAccount(app: AppModel, role: AppRole, trust: AppStatement, shown: string): AssumingPrincipal[] {
  const { conditions } = trust.statement;
  const required = conditions.filter((condition) => isRequired(condition, conditions));
  const arns = required.filter(({ key }) => key.toLowerCase() === 'aws:principalarn').flatMap(({ values }) => values);
  const humans = humanPrincipals(trust);
  if (arns.length > 0) {
    return arns.map((arn) => {
      const agent = app.agentRoles.find(({ resource }) => app.covers(arn, resource));
      return agent
        ? { kind: 'agent', shown: agent.resource.title }
        : humans.includes(displayText(arn))
          ? { kind: 'human', shown: displayText(arn) }
          : ofRole(app, arn, role.resource);
    });
  }
  const tagged = required.find(({ key }) => /^aws:principaltag\/principaltype$/i.test(key));
  if (tagged) {
    const isAgent = tagged.values.some((value) => /^(agent|\*)/i.test(literalOf(value) ?? ''));
    return [{ kind: isAgent ? 'agent' : 'other', shown: `principals tagged ${tagged.values.map(displayText)}` }];
  }
  const agents = app.agentRoles.flatMap((agent) =>
    grantsOf(agent, ASSUME)
      .filter(({ resources }) => resources.some((resource) => app.covers(resource, role.resource)))
      .map(({ statement }): AssumingPrincipal => ({ kind: 'agent', shown: agent.resource.title, by: statement })),
  );
  return agents.length > 0 ? agents : [{ kind: 'other', shown }];
}
