import type { IConstruct } from 'constructs';
import { CATALOGUE } from '../catalogue';
import { AgentChecks } from './agent-checks';
import type { AgentChecksProps } from './agent-checks-props';

/** Who may become the agent, whose role it is, and what it has from people. */
const HUMAN_INHERITANCE = CATALOGUE.filter(({ group }) => group === 'ID' || group === 'HUM');

/**
 * The rules about identity, about sharing of roles and policies, and about access that was made for people, alone: for
 * apps that start there. `AgentRoleChecks` has them too.
 */
export class AgentHumanInheritanceChecks extends AgentChecks {
  public constructor(scope: IConstruct, props: AgentChecksProps = {}) {
    super(scope, HUMAN_INHERITANCE, props);
  }
}
