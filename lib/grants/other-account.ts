import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';

/** The account of a resource when it is known not to be the agent's own. */
export function otherAccount(resource: { readonly env: { readonly account: string } }, agent: IConstruct): string | undefined {
  const own = Stack.of(agent).account;
  const { account } = resource.env;
  const known = !Token.isUnresolved(account) && !Token.isUnresolved(own);
  return known && account !== own ? account : undefined;
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
