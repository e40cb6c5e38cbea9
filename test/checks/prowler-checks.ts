import type { AppModel } from '../../lib/access/app/app-model';
import type { AppRole } from '../../lib/access/app/app-role';
import type { AppStatement } from '../../lib/access/app/app-statement';
import { ActionSet, actionsOf } from '../../lib/checks/judging/grants/allowed-actions';
import { displayText } from '../../lib/policy/document/text';

/**
 * What Prowler checks of the roles of Bedrock agents and AgentCore, written anew from the public descriptions of its
 * checks: an auditor who runs it after the deployment should find nothing.
 *
 * @see https://hub.prowler.com
 */
export interface ProwlerCheck {
  readonly name: string;
  /** Whether the check would fail the role. */
  fails(role: AppRole, app: AppModel): boolean;
}

const allows = ({ statements }: AppRole): AppStatement[] =>
  statements.filter(({ statement }) => statement.effect === 'Allow');
const onEverything = ({ statement }: AppStatement): boolean =>
  statement.resource?.negated === true || statement.resource?.patterns.map(displayText).includes('*') === true;
const attached = ({ outside }: AppRole): string[] => outside.map(({ arn }) => displayText(arn));
const allOf = (service: string): ActionSet => new ActionSet(`${service}:*`);
const TOKENS = new ActionSet('bedrock-agentcore:GetWorkloadAccessToken*');
const PASS_ROLE = new ActionSet('iam:PassRole');
const OPEN_PAYMENT = new ActionSet('bedrock-agentcore:CreatePaymentSession');
const PAY = new ActionSet('bedrock-agentcore:ProcessPayment');
const SUBSCRIBE = new ActionSet('aws-marketplace:Subscribe');

const hasAll = (statement: AppStatement, service: string): boolean => {
  const all = allOf(service);
  return actionsOf(statement, all).length === all.names.size;
};
const holds = (role: AppRole, wanted: ActionSet): AppStatement[] =>
  allows(role).filter((statement) => actionsOf(statement, wanted).length > 0);

export const PROWLER_CHECKS: readonly ProwlerCheck[] = [
  {
    name: 'bedrock_agent_role_least_privilege',
    fails: (role) =>
      attached(role).some((arn) => /:aws:policy\/.*(FullAccess|AdministratorAccess)$/.test(arn)) ||
      role.boundary.presence !== 'always' ||
      allows(role).some(
        (statement) =>
          onEverything(statement) &&
          statement.statement.action.patterns.some((pattern) => /(^|:)\*$/.test(displayText(pattern))),
      ),
  },
  {
    name: 'bedrock_agent_role_not_shared_across_agents',
    fails: ({ uses }) => uses.filter(({ resource }) => resource.type === 'AWS::Bedrock::Agent').length > 1,
  },
  {
    name: 'bedrock_full_access_policy_attached',
    fails: (role) => attached(role).some((arn) => /AmazonBedrockFullAccess$/.test(arn)),
  },
  {
    name: 'bedrockagentcore_full_access_policy_attached',
    fails: (role) =>
      attached(role).some((arn) => /(BedrockAgentCore|AgentRegistry)FullAccess$/.test(arn)) ||
      allows(role).some((statement) => onEverything(statement) && hasAll(statement, 'bedrock-agentcore')),
  },
  {
    name: 'bedrockagentcore_payments_process_payment_role_separation',
    fails: (role) => holds(role, OPEN_PAYMENT).length > 0 && holds(role, PAY).length > 0,
  },
  {
    name: 'bedrock_marketplace_subscription_access_least_privilege',
    fails: (role) => holds(role, SUBSCRIBE).some(onEverything),
  },
  {
    name: 'iam_policy_no_agentcore_workload_access_token_wildcard',
    fails: (role) =>
      holds(role, TOKENS).some(
        (statement) =>
          onEverything(statement) ||
          statement.statement.resource?.patterns.some(
            (pattern) => !displayText(pattern).includes(':workload-identity-directory/'),
          ) === true,
      ),
  },
  {
    name: 'iam_policy_passrole_to_bedrock_agentcore_restricted',
    fails: (role) =>
      holds(role, PASS_ROLE).some((statement) => {
        const services = statement.statement.conditions.filter(
          ({ key }) => key.toLowerCase() === 'iam:passedtoservice',
        );
        return services.length === 0 || onEverything(statement);
      }),
  },
  {
    name: 'iam_role_service_trust_restricts_source_to_account',
    // Lambda and EC2 send no source keys: their roles are the business of another check.
    fails: ({ trust }) =>
      trust.some(({ statement }) => {
        const services = statement.principal?.entries.filter(
          ({ type, id }) =>
            type === 'Service' && /^(bedrock|bedrock-agentcore|ecs-tasks|pods\.eks)\./.test(displayText(id)),
        );
        const bound = statement.conditions.some(
          ({ key, operator }) =>
            /^aws:source(account|arn|orgid|orgpaths)$/i.test(key) &&
            !operator.negated &&
            !operator.ifExists &&
            operator.set === undefined,
        );
        return statement.effect === 'Allow' && services !== undefined && services.length > 0 && !bound;
      }),
  },
];
