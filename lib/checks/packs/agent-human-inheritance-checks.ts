import type { IConstruct } from 'constructs';
import { AgentChecks } from './agent-checks';
import type { AgentChecksProps } from './agent-checks-props';
import { loadedCatalogue } from './loaded-catalogue';

/**
 * The rules about identity, about sharing of roles and policies, and about access that was made for people, alone: for
 * apps that start there. `AgentRoleChecks` has them too.
 */
export class AgentHumanInheritanceChecks extends AgentChecks {
  public constructor(scope: IConstruct, props: AgentChecksProps = {}) {
    // Who may become the agent, whose role it is, and what it has from people.
    const rules = loadedCatalogue().filter(({ group }) => group === 'ID' || group === 'HUM');
    super(scope, rules, props);
  }
}
