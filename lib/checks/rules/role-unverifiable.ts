import type { AppAgent } from '../../access/app/app-agent';
import type { AppModel } from '../../access/app/app-model';
import type { AppStatement } from '../../access/app/app-statement';
import { arnParts } from '../../access/app/arn-parts';
import type { UnreadPart } from '../../access/app/unread-part';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import type { RoleAttestation } from '../check-settings';
import { listed } from '../judging/shown';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** Roles that deploy, or that people use: never an agent's, whoever vouches for them. */
const NEVER: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)cdk-[^/]+-(cfn-exec|deploy|file-publishing|image-publishing|lookup)-role/, 'a role of the CDK bootstrap'],
  [/AWSReservedSSO_/, 'a role that IAM Identity Center made for people'],
  [/(^|\/)OrganizationAccountAccessRole$/, "the organization's way into the account, with every right"],
  [/(^|\/)AWSControlTowerExecution$/, "Control Tower's way into the account, with every right"],
];

/** Role that cannot be checked. */
export const ROLE_UNVERIFIABLE: Rule = {
  name: 'role-unverifiable',
  group: 'ID',
  severity: 'warning',
  title: 'The agent runs with a role that is not part of the app, so nothing is known about it.',
  why: 'No rule sees what such a role may do, who else uses it or who may assume it. Roles of deployments and of people give the agent all that they have.',
  fix: 'Make the role in the app with ScopedAgentRole, or check its stack together with this one. Where neither can be, let its owner vouch for it with `attestedRoles`: roleArn, owner, until.',
  frameworks: ['OWASP NHI9', 'OWASP NHI10', 'NIST AI RMF GOVERN', 'AWS AGENTOPS03-BP04', 'NIST CSF 2.0 PR.AA'],
  *check(app, { attestedRoles, date }): Iterable<Observation> {
    for (const part of app.unread) {
      const { template, resource, logicalId, properties, why } = part;
      yield {
        resource: resource ?? { stack: template.name, logicalId },
        severity: hidesPowers(part, app) ? 'warning' : 'info',
        cause: [why],
        message:
          properties === undefined
            ? `Roles and policies that ${resource?.title ?? logicalId} brings are not looked at.`
            : `What ${listed(properties)} of ${resource?.title ?? logicalId} will be is not looked at.`,
        undecided: why,
        fix: 'Check the template that is deployed as well: least-agency check on what CloudFormation answers.',
      };
    }
    for (const agent of app.agents) {
      const told = agent.outsideRoles.filter((named) => literalOf(named) !== '');
      for (const named of told.length > 0 ? told : agent.outsideRoles.slice(0, 1)) {
        yield* judged(agent, named, attestedRoles, date);
      }
    }
  },
};

/** What says what a role may do, and who may become it. */
const POWERS: ReadonlySet<string> = new Set([
  'AssumeRolePolicyDocument',
  'ManagedPolicyArns',
  'PermissionsBoundary',
  'Policies',
  'PolicyDocument',
  'RoleName',
  'Roles',
]);

/** Whether nobody knows what an agent's role may do. A statement that is there and cannot be read has rules of its own. */
function hidesPowers({ resource, properties, bounded }: UnreadPart, app: AppModel): boolean {
  const isSaid = (statements: readonly AppStatement[]): boolean =>
    statements.some(({ holder, unknown }) => holder === resource && unknown.length > 0);
  return (
    resource !== undefined &&
    bounded === undefined &&
    (properties?.some((name) => POWERS.has(name)) ?? true) &&
    app.agentRoles.some(
      (role) =>
        (role.resource === resource ||
          role.policies.some(({ holder }) => holder === resource) ||
          (role.resource.stack === resource.stack && role.resource.writtenAs === resource.logicalId)) &&
        !isSaid(role.statements) &&
        !isSaid(role.trust),
    )
  );
}

function* judged(
  { resource, type }: AppAgent,
  named: PolicyText,
  attested: readonly RoleAttestation[],
  date: string,
): Iterable<Observation> {
  const shown = displayText(named);
  const who = `The role ${shown} of ${type.label} ${resource.title}`;
  const never = NEVER.find(([name]) => name.test(displayText(arnParts(named)?.tail ?? named)));
  const attestation = attested.find(({ roleArn }) => isSameRole(named, roleArn));
  if (never !== undefined) {
    yield {
      resource,
      cause: [shown],
      severity: 'error',
      message: `${who} is ${never[1]}.`,
      fix: 'Give the agent a role of its own: ScopedAgentRole.',
    };
  } else if (isOnlyKnownLater(named)) {
    yield {
      resource,
      cause: [shown],
      severity: 'info',
      message: `Which role ${type.label} ${resource.title} runs with is not in the template.`,
      undecided: `${shown === '' ? 'a parameter that is empty by default' : shown} is only known at deployment`,
    };
  } else if (attestation === undefined) {
    yield { resource, cause: [shown], message: `${who} is not part of the app, and nobody vouches for it.` };
  } else if (attestation.until < date) {
    yield {
      resource,
      cause: [shown],
      message: `${who} is not part of the app, and what ${attestation.owner} said about it ended on ${attestation.until}.`,
      fix: 'Let its owner look at the role again and renew the attestation in `attestedRoles`.',
    };
  }
}

/** A value that fills the whole property, or one that stands in Parameter Store, or an empty default. */
function isOnlyKnownLater(named: PolicyText): boolean {
  return (
    (named.length === 1 && typeof named[0] === 'object') || /^(\{\{resolve:.*\}\})?$/.test(literalOf(named) ?? '-')
  );
}

/** Whether an attestation is about a role, whose partition and account may only be known at deployment. */
function isSameRole(named: PolicyText, roleArn: string): boolean {
  const literal = literalOf(named);
  if (literal !== undefined) {
    return literal === roleArn || roleArn.endsWith(`:role/${literal}`);
  }
  const parts = arnParts(named);
  const given = arnParts([roleArn]);
  const fits = (a: PolicyText, b: PolicyText): boolean => literalOf(a) === undefined || literalOf(a) === literalOf(b);
  return (
    parts?.tail !== undefined &&
    given?.tail !== undefined &&
    literalOf(parts.tail) === literalOf(given.tail) &&
    fits(parts.partition, given.partition) &&
    fits(parts.account, given.account)
  );
}
