import type { AppAgent } from '../../access/app/app-agent';
import { arnParts } from '../../access/app/arn-parts';
import { displayText, literalOf, type PolicyText } from '../../policy/document/text';
import type { RoleAttestation } from '../check-settings';
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
    for (const { template, resource, logicalId, why } of app.unread) {
      yield {
        resource: resource ?? { stack: template.name, logicalId },
        severity: 'info',
        cause: [why],
        message: `Roles and policies that ${resource?.title ?? logicalId} brings are not looked at.`,
        undecided: why,
        fix: 'Check the template that is deployed as well: least-agency check on what CloudFormation answers.',
      };
    }
    for (const agent of app.agents) {
      for (const named of agent.outsideRoles) {
        yield* judged(agent, named, attestedRoles, date);
      }
    }
  },
};

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
      undecided: `${shown} is only known at deployment`,
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

/** A value that fills the whole property, or one that stands in Parameter Store. */
function isOnlyKnownLater(named: PolicyText): boolean {
  return (named.length === 1 && typeof named[0] === 'object') || /^\{\{resolve:.*\}\}$/.test(literalOf(named) ?? '');
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
