import { Validations } from 'aws-cdk-lib/core';
import { AgentRoleChecks } from 'cdk-least-agency';
import { AwsSolutionsChecks } from 'cdk-nag';
import { brokenClaimsAgent } from './broken-claims-agent';

const app = brokenClaimsAgent();
Validations.of(app).addPlugins(new AgentRoleChecks(app), new AwsSolutionsChecks(app));
