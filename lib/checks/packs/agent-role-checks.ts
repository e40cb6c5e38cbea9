import type { IConstruct } from 'constructs';
import { AgentChecks } from './agent-checks';
import type { AgentRoleChecksProps } from './agent-checks-props';
import { loadedCatalogue } from './loaded-catalogue';

/**
 * All rules for the roles of AI agents, whatever construct, raw resource or included template made them.
 *
 *     Validations.of(app).addPlugins(new AgentRoleChecks(app));
 *
 * Errors fail synth, warnings do not. Findings of critical rules are `fatal`: no acknowledgement silences them.
 */
export class AgentRoleChecks extends AgentChecks {
  public constructor(scope: IConstruct, props: AgentRoleChecksProps = {}) {
    super(scope, loadedCatalogue(), props);
  }
}
