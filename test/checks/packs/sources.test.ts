import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import * as core from 'aws-cdk-lib/core';
import {
  type App,
  Aspects,
  CfnParameter,
  CfnResource,
  Fn,
  NestedStack,
  type Stack,
  Stage,
  Tags,
  Validations,
} from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { agentThatMay, agentWith, ENV, newApp, newStack, PlainChecks, roleOf, shown, synthesized } from './checked-app';

/** Deprecated, so its type is gone; people still have it. */
const legacy = core as unknown as {
  readonly CfnInclude: new (scope: Construct, id: string, props: { readonly template: object }) => core.CfnElement;
};
const TRUST = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};
const DECRYPT = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' } };
const ROLE = { AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: 'P', PolicyDocument: DECRYPT }] };
const TEMPLATE = {
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: ROLE },
    Agent: {
      Type: 'AWS::Bedrock::Agent',
      Properties: { AgentName: 'claims', AgentResourceRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
  },
};

/** Makes an app with one agent that may decrypt with every key; returns the construct that has to be named. */
type Source = (app: App) => string;

function inStack(make: (stack: Stack) => string, where: (app: App) => Construct = (app) => app): Source {
  return (app) => make(newStack(where(app)));
}

const l2 = (scope: Construct, roleScope: Construct = scope): string => {
  agentWith(scope, roleOf(roleScope, ['kms:Decrypt']).roleArn);
  return `${roleScope.node.path}/Role/DefaultPolicy/Resource`;
};
const EU = { env: { ...ENV, region: 'eu-west-1' }, crossRegionReferences: true };

const SOURCES: readonly (readonly [string, Source, Record<string, unknown>?])[] = [
  ['an L2 role', inStack((stack) => l2(stack))],
  ['in a stack of no known environment', (app) => l2(newStack(app, 'Claims', {}))],
  [
    'in a Stage',
    inStack(
      (stack) => l2(stack),
      (app) => new Stage(app, 'Prod'),
    ),
  ],
  [
    'in a Stage of a Stage',
    inStack(
      (stack) => l2(stack),
      (app) => new Stage(new Stage(app, 'Prod'), 'Blue'),
    ),
  ],
  ['in a nested stack', inStack((stack) => l2(new NestedStack(stack, 'Nested')))],
  [
    'in a nested stack of a nested stack',
    inStack((stack) => l2(new NestedStack(new NestedStack(stack, 'Outer'), 'Inner'))),
  ],
  ['with its role in the parent of a nested stack', inStack((stack) => l2(new NestedStack(stack, 'Nested'), stack))],
  ['with its role in a nested stack', inStack((stack) => l2(stack, new NestedStack(stack, 'Nested')))],
  ['with its role in a sibling', inStack((stack) => l2(new NestedStack(stack, 'A'), new NestedStack(stack, 'B')))],
  ['with its role in another stack', (app) => l2(newStack(app, 'Agents'), newStack(app, 'Roles'))],
  [
    'with its role in another stack, weakly',
    (app) => l2(newStack(app, 'Agents'), newStack(app, 'Roles')),
    { '@aws-cdk/core:defaultCrossStackReferences': 'weak' },
  ],
  [
    'with its role in another region',
    (app) => l2(newStack(app, 'Agents', EU), newStack(app, 'Roles', { env: ENV, crossRegionReferences: true })),
  ],
  [
    'with its role in a nested stack of another stack',
    (app) => l2(newStack(app, 'Agents'), new NestedStack(newStack(app, 'Roles'), 'Nested')),
  ],
  [
    'with a name that its agent spells out',
    inStack((stack) => {
      const role = roleOf(stack, ['kms:Decrypt']);
      (role.node.defaultChild as iam.CfnRole).roleName = 'claims';
      agentWith(stack, `arn:aws:iam::${ENV.account}:role/claims`);
      return 'Claims/Role/DefaultPolicy/Resource';
    }),
  ],
  [
    'a raw CfnResource',
    inStack((stack) => {
      const role = new CfnResource(stack, 'Raw', { type: 'AWS::IAM::Role', properties: ROLE });
      agentWith(stack, role.getAtt('Arn').toString());
      return 'Claims/Raw';
    }),
  ],
  [
    'an override after the fact',
    inStack((stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      agentWith(stack, role.roleArn);
      (role.node.defaultChild as iam.CfnRole).addPropertyOverride('Policies', ROLE.Policies);
      return 'Claims/Role/Resource';
    }),
  ],
  [
    'a logical id of its own',
    inStack((stack) => {
      const path = l2(stack);
      (stack.node.findChild('Role').node.findChild('DefaultPolicy').node.defaultChild as CfnResource).overrideLogicalId(
        'Mine',
      );
      return path;
    }),
  ],
  [
    'a managed policy that attaches itself',
    inStack((stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      agentWith(stack, role.roleArn);
      const document = iam.PolicyDocument.fromJson({ ...DECRYPT, Statement: [DECRYPT.Statement] });
      new iam.ManagedPolicy(stack, 'Managed', { document, roles: [role] });
      return 'Claims/Managed/Resource';
    }),
  ],
  [
    'a template taken in as it is',
    inStack((stack) => {
      new legacy.CfnInclude(stack, 'Fragment', { template: TEMPLATE });
      return 'Claims/Fragment';
    }),
  ],
  [
    'a template taken in as constructs',
    inStack((stack) => {
      const templateFile = join(mkdtempSync(join(tmpdir(), 'included-')), 'template.json');
      writeFileSync(templateFile, JSON.stringify(TEMPLATE));
      new CfnInclude(stack, 'Included', { templateFile });
      return 'Claims/Included/Role';
    }),
  ],
  [
    'an action in a parameter',
    inStack((stack) => {
      const action = new CfnParameter(stack, 'Action', { default: 'kms:Decrypt' });
      agentWith(stack, roleOf(stack, [action.valueAsString]).roleArn);
      return 'Claims/Role/DefaultPolicy/Resource';
    }),
  ],
  [
    'an action in a join of tokens',
    inStack((stack) => {
      const verb = new CfnParameter(stack, 'Verb', { default: 'Decrypt' });
      agentWith(stack, roleOf(stack, [Fn.join(':', ['kms', verb.valueAsString])]).roleArn);
      return 'Claims/Role/DefaultPolicy/Resource';
    }),
  ],
];

describe.each(SOURCES.map(([name, ...rest]) => [name, rest] as const))('an agent: %s', (_, [source, context]) => {
  test('is seen at synth', () => {
    const app = newApp(context);
    const path = source(app);
    Validations.of(app).addPlugins(new PlainChecks(app));
    const { reports } = synthesized(app);
    expect(reports.flatMap(({ violations }) => shown(violations))).toEqual([`error KmsBroad @ ${path}`]);
  });

  test('is seen in a unit test, which leaves the app as it is', () => {
    const app = newApp(context);
    const path = source(app);
    const { violations, success } = new PlainChecks(app).validateScope(app);
    expect([success, shown(violations)]).toEqual([false, [`error KmsBroad @ ${path}`]]);
    const untouched = newApp(context);
    source(untouched);
    expect(templatesOf(app)).toEqual(templatesOf(untouched));
  });

  test('has the same id at synth and in a unit test', () => {
    const app = newApp(context);
    source(app);
    const [early] = new PlainChecks(app).validateScope(app).violations;
    Validations.of(app).addPlugins(new PlainChecks(app));
    expect(synthesized(app).reports[0]?.violations[0]?.ruleName).toBe(early?.ruleName);
  });
});

function templatesOf(app: App): unknown[] {
  const error = jest.spyOn(console, 'error').mockImplementation();
  const { stacksRecursively } = app.synth();
  error.mockRestore();
  return stacksRecursively.map(({ template }) => template);
}

describe('validateScope', () => {
  test('reports what is in the scope alone', () => {
    const app = newApp();
    for (const id of ['One', 'Two']) {
      agentThatMay(['kms:Decrypt'], newStack(app, id));
    }
    const found = new PlainChecks(app).validateScope(app.node.findChild('Two'));
    expect(shown(found.violations)).toEqual(['error KmsBroad @ Two/Role/DefaultPolicy/Resource']);
  });

  test('knows agents outside the scope', () => {
    const app = newApp();
    const roles = newStack(app, 'Roles');
    l2(newStack(app, 'Agents'), roles);
    expect(new PlainChecks(app).validateScope(roles).success).toBe(false);
  });

  test('works on a stack without an app', () => {
    const stack = newStack(undefined);
    l2(stack);
    expect(new PlainChecks(stack).validateScope(stack).violations).toHaveLength(1);
  });
});

test('what an Aspect adds late is seen, and tags are', () => {
  const app = newApp();
  const stack = newStack(app);
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  Tags.of(role).add('PrincipalType', 'Agent');
  Aspects.of(stack).add({
    visit(node) {
      if (node === role) {
        role.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }));
      }
    },
  });
  Validations.of(app).addPlugins(new PlainChecks(app));
  expect(synthesized(app).reports.flatMap(({ violations }) => shown(violations))).toEqual([
    'error KmsBroad @ Claims/Role/DefaultPolicy/Resource',
  ]);
});

test('the same logical id in two accounts is two roles', () => {
  const app = newApp();
  for (const account of ['111122223333', '444455556666']) {
    const stack = newStack(app, `Claims${account}`, { env: { account, region: 'us-east-1' } });
    agentWith(stack, roleOf(stack, [account.startsWith('1') ? 'kms:Decrypt' : 'kms:DescribeKey']).roleArn);
  }
  Validations.of(app).addPlugins(new PlainChecks(app));
  expect(synthesized(app).reports.flatMap(({ violations }) => shown(violations))).toEqual([
    'error KmsBroad @ Claims111122223333/Role/DefaultPolicy/Resource',
  ]);
});
