import type { IPolicyValidationContext, IPolicyValidationPlugin } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { AgentHumanInheritanceChecks, AgentRoleChecks } from 'cdk-least-agency';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** The packs that are measured side by side. */
export const PACKS: Readonly<Record<string, (app: IConstruct) => IPolicyValidationPlugin>> = {
  AgentRoleChecks: (app) => new AgentRoleChecks(app),
  AgentHumanInheritanceChecks: (app) => new AgentHumanInheritanceChecks(app),
  AwsSolutionsChecks: (app) => new AwsSolutionsChecks(app),
};

/** What CDK hands to a plugin. */
export function contextOf(app: IConstruct, assembly: CloudAssembly): IPolicyValidationContext {
  const stackTemplates = assembly.stacksRecursively.map((stack) => ({
    stackConstructPath: stack.hierarchicalId,
    templatePath: stack.templateFullPath,
    accountId: stack.environment.account,
    region: stack.environment.region,
  }));
  return { appConstruct: app, stackTemplates, templatePaths: stackTemplates.map(({ templatePath }) => templatePath) };
}
