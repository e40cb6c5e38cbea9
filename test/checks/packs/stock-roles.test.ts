import { join } from 'node:path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { App, Stack } from 'aws-cdk-lib/core';
import { AgentHumanInheritanceChecks, AgentRoleChecks } from 'cdk-least-agency';
import { plainAgent } from '../../../bench/excess/plain-agent';
import { brokenClaimsAgent } from '../../../examples/broken-claims-agent/broken-claims-agent';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { newApp, newStack, TODAY } from './checked-app';

/** What people deploy today, and rules that have to say something about it. */
const STOCK: readonly (readonly [string, (app: App) => void, readonly string[]])[] = [
  [
    'the AgentCore Runtime L2 with the grants of the CDK',
    (app) => plainAgent(newStack(app)),
    ['action-wildcard', 'boundary-missing', 'guardrail-unenforced', 'on-behalf-unbound', 'session-too-long'],
  ],
  [
    'the role of the AgentCore CLI',
    (app) => included(newStack(app), 'agentcore-cli'),
    ['boundary-missing', 'confused-deputy', 'dead-grant', 'model-wildcard', 'net-public', 'on-behalf-unbound'],
  ],
  [
    'the role of the AgentCore starter toolkit',
    (app) => included(newStack(app), 'starter-toolkit'),
    ['boundary-missing', 'dead-grant', 'model-entitlement', 'model-wildcard', 'on-behalf-unbound', 'secrets-broad'],
  ],
  [
    'the claims agent of npm run demo:broken',
    (app) => brokenClaimsAgent(app),
    [
      'action-wildcard',
      'boundary-missing',
      'human-managed-policy',
      'iam-write',
      'own-tool-code-write',
      'passrole-broad',
      'passrole-create',
      'role-shared',
      'session-too-long',
      'trust-human',
    ],
  ],
];

function included(stack: Stack, name: string): void {
  const templateFile = join(__dirname, '..', '..', 'cases', 'stock-roles', `${name}.json`);
  new CfnInclude(stack, 'Stock', { templateFile });
}

describe.each(STOCK)('%s', (_, make, expected) => {
  const rulesFor = (pack: typeof AgentRoleChecks | typeof AgentHumanInheritanceChecks): string[] => {
    const app = newApp();
    make(app);
    const { violations } = new pack(app, { date: TODAY }).validateScope(app);
    return [...new Set(violations.map(({ ruleMetadata }) => ruleMetadata?.rule ?? ''))].sort();
  };

  test('is caught by AgentRoleChecks', () => {
    expect(rulesFor(AgentRoleChecks)).toEqual(expect.arrayContaining([...expected]));
  });

  test('is caught by AgentHumanInheritanceChecks, as far as it looks', () => {
    const groups = ['ID', 'HUM'];
    const looked = CATALOGUE.filter(({ group }) => groups.includes(group)).map(({ name }) => name);
    const found = rulesFor(AgentHumanInheritanceChecks);
    expect(found).toEqual(expect.arrayContaining(expected.filter((name) => looked.includes(name))));
    expect(found.filter((name) => !looked.includes(name))).toEqual([]);
  });
});
