import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { text } from '../policy/document/text';
import { splitParts } from '../policy/match/arn-like';
import { lettersOf } from '../policy/match/glob';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { tokenText } from '../synth/token-text';

/** The account of a resource when it is known not to be the agent's own. */
export function otherAccount(
  resource: { readonly env: { readonly account: string } },
  agent: IConstruct,
): string | undefined {
  return unlessOwn(resource.env.account, agent);
}

/** The account in an ARN when it is known not to be the agent's own. */
export function otherAccountIn(arn: string, agent: IConstruct): string | undefined {
  return unlessOwn(arnPart(arn, 4, agent) ?? '', agent);
}

/** The region in an ARN, when it is written out. */
export function regionIn(arn: string, scope: IConstruct): string | undefined {
  return arnPart(arn, 3, scope);
}

/** What has to be added on the other side, when a resource belongs to another account. */
export function missingOnOtherSide(account: string | undefined, statement: string, agent: ScopedAgentRole): string[] {
  return account === undefined
    ? []
    : [
        `the resource is in account ${account}: ${statement} has to name the role of '${agent.agentName}' there; this ` +
          'library can only give the half that stands on the role',
      ];
}

function unlessOwn(account: string, agent: IConstruct): string | undefined {
  const own = Stack.of(agent).account;
  const known = /^\d{12}$/.test(account) && !Token.isUnresolved(own);
  return known && account !== own ? account : undefined;
}

function arnPart(arn: string, position: number, scope: IConstruct): string | undefined {
  const letters = splitParts(lettersOf(tokenText(arn, scope)))[position] ?? [];
  const part = text(...letters);
  return part.length === 1 && typeof part[0] === 'string' ? part[0] : undefined;
}
