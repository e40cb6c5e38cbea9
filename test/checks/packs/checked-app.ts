import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnResource, type PolicyViolation, Stack, type StackProps, type Stage } from 'aws-cdk-lib/core';
import type { AgentRoleChecksProps } from 'cdk-least-agency';
import type { Construct, IConstruct } from 'constructs';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { AgentChecks } from '../../../lib/checks/packs/agent-checks';
import type { Rule } from '../../../lib/checks/rule';

export const ENV = { account: '111122223333', region: 'us-east-1' };
/** "Today" in the tests. */
export const TODAY = '2026-11-20';

export function newApp(context: Record<string, unknown> = {}, outdir?: string): App {
  return new App({ analyticsReporting: false, context, ...(outdir === undefined ? {} : { outdir }) });
}

export function newStack(scope: Construct = newApp(), id = 'Claims', props: StackProps = { env: ENV }): Stack {
  return new Stack(scope, id, props);
}

/** A Bedrock agent, raw, with the role of the given ARN. */
export function agentWith(scope: Construct, roleArn: string, id = 'Agent'): CfnResource {
  const properties = { AgentName: id, AgentResourceRoleArn: roleArn };
  return new CfnResource(scope, id, { type: 'AWS::Bedrock::Agent', properties });
}

/** A role that allows these actions on `*`. That it is an agent's only shows by the agent that names it. */
export function roleOf(scope: Construct, actions: string[], id = 'Role'): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
  return role;
}

/** An agent whose role allows these actions on `*`. */
export function agentThatMay(actions: string[], scope: Construct = newStack()): App {
  agentWith(scope, roleOf(scope, actions).roleArn);
  return scope.node.root as App;
}

/** A rule of the catalogue that finds every statement of an agent role with an action, by its name. */
function findsAction(name: string, action: string, severity?: 'info'): Rule {
  const rule = CATALOGUE.find((known) => known.name === name);
  if (!rule) {
    throw new Error(`no rule ${name}`);
  }
  return {
    ...rule,
    why: `Why ${name} matters.`,
    fix: `Mend ${name}.`,
    *check(app) {
      for (const role of app.agentRoles) {
        for (const statement of role.statements) {
          if (statement.statement.action.patterns.some((pattern) => pattern.includes(action))) {
            const example = `${action} on *`;
            const message = `${role.resource.title} may ${action}.`;
            const holder = role.policies.find(({ statements }) => statements.includes(statement))?.holder;
            yield {
              resource: holder ?? role.resource,
              statements: [statement],
              message,
              example,
              ...(severity ? { severity } : {}),
            };
          }
        }
      }
    },
  };
}

/** What the packs do with findings is tested with rules whose findings are plain to see. */
export const PLAIN_RULES: readonly Rule[] = [
  findsAction('iam-write', 'iam:CreateUser'),
  findsAction('kms-broad', 'kms:Decrypt'),
  findsAction('untagged', 'ses:SendEmail'),
  findsAction('model-entitlement', 's3:GetObject', 'info'),
];

/** A pack with these rules alone. */
export class PlainChecks extends AgentChecks {
  public constructor(scope: IConstruct, props: AgentRoleChecksProps = {}, rules = PLAIN_RULES) {
    super(scope, rules, { date: TODAY, ...props });
  }
}

/** One report of one plugin, as it stands in `validation-report.json`. */
export interface WrittenReport {
  readonly pluginName: string;
  readonly conclusion: 'success' | 'failure';
  readonly metadata?: Readonly<Record<string, string>>;
  readonly violations: readonly WrittenViolation[];
  readonly suppressedViolations?: readonly (WrittenViolation & { readonly reason: string })[];
}

export interface WrittenViolation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly suggestedFix?: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** Synthesizes an app and returns what CDK says and writes. */
export function synthesized(app: App): { error: string; reports: WrittenReport[] } {
  let error = '';
  // What does not fail synth is printed.
  const printed = jest.spyOn(console, 'error').mockImplementation();
  try {
    app.synth({ force: true });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  } finally {
    printed.mockRestore();
  }
  const { pluginReports = [] } = json(app, 'validation-report.json') as { pluginReports?: WrittenReport[] };
  return { error, reports: pluginReports.filter(({ pluginName }) => pluginName === 'LeastAgency') };
}

/** A file of the assembly. */
export function json(stage: Stage, file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(stage.outdir, file), 'utf8'));
  } catch {
    return {};
  }
}

/** `severity id without hash @ construct path` of each. */
export function shown(violations: readonly (PolicyViolation | WrittenViolation)[]): string[] {
  return violations.flatMap((violation) => {
    const places = 'violatingResources' in violation ? violation.violatingResources : violation.violatingConstructs;
    const id = violation.ruleName.replace(/^LeastAgency-/, '').replace(/-[0-9a-f]{8}/, '');
    return places.map(({ constructPath }) => `${violation.severity} ${id} @ ${constructPath}`);
  });
}
