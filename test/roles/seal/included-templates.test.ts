import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { CfnElement, type Stack } from 'aws-cdk-lib/core';
import { judged, ROLE_NAME } from '../agent-fixture';

const folder = mkdtempSync(join(tmpdir(), 'included-'));
afterAll(() => rmSync(folder, { recursive: true }));

function template(content: object): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A template taken in as it stands, resources and all, by an element of the user's own. */
class Fragment extends CfnElement {
  public constructor(
    scope: Stack,
    private readonly content: object,
  ) {
    super(scope, 'Fragment');
  }

  public _toCloudFormation(): object {
    return this.content;
  }
}

const task = { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: { Ref: 'RoleArn' } } };
const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
const wide = (roles: unknown): object => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'wide',
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
    Roles: roles,
  },
});

describe('an included template', () => {
  test('may hold the host of the agent, which is counted once', () => {
    const message = judged((stack, agent) => {
      const templateFile = template({ Parameters: { RoleArn: { Type: 'String' } }, Resources: { Task: task } });
      new CfnInclude(stack, 'Include', { templateFile, parameters: { RoleArn: agent.roleArn } });
    });
    expect(message).toBe('');
  });

  test('refuses a resource in it that uses the role, whose parameter was given from outside', () => {
    const message = judged((stack, agent) => {
      const templateFile = template({
        Parameters: { RoleArn: { Type: 'String' } },
        Resources: {
          Job: { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', JobRoleArn: { Ref: 'RoleArn' } } },
        },
      });
      new CfnInclude(stack, 'Include', { templateFile, parameters: { RoleArn: agent.roleArn } });
    });
    expect(message).toContain('«AgentHostForeign» Orders/Include/Job');
  });

  test('refuses a policy in it that names the role by its literal name, or by a mapping or default of its own', () => {
    for (const [section, roles] of [
      [{}, [ROLE_NAME]],
      [{ Parameters: { R: { Type: 'String', Default: ROLE_NAME } } }, [{ Ref: 'R' }]],
      [{ Mappings: { M: { a: { b: ROLE_NAME } } } }, [{ 'Fn::FindInMap': ['M', 'a', 'b'] }]],
    ] as const) {
      const message = judged(
        (stack) => {
          new CfnInclude(stack, 'Include', {
            templateFile: template({ ...section, Resources: { Wide: wide(roles) } }),
          });
        },
        { roleName: ROLE_NAME },
      );
      expect(message).toContain('«AgentPolicyAttached» Orders/Include/Wide');
    }
  });

  test('refuses a template taken in as it stands, which refers to the role by its logical id', () => {
    const message = judged((stack, agent) => {
      const logicalId = stack.resolve(agent._role.logicalId);
      new Fragment(stack, { Resources: { Queue: queue, Wide: wide([{ Ref: logicalId }]) } });
    });
    expect(message).toContain('«AgentPolicyAttached» Orders#Wide');
  });

  test('refuses a template taken in as it stands, which refers to the role by its own parameter', () => {
    const message = judged(
      (stack) => {
        new Fragment(stack, {
          Parameters: { Who: { Type: 'String', Default: ROLE_NAME } },
          Resources: { Wide: wide([{ 'Fn::Sub': '${Who}' }]) },
        });
      },
      { roleName: ROLE_NAME },
    );
    expect(message).toContain('«AgentPolicyAttached»');
  });

  test('passes when it has nothing to do with the role', () => {
    const message = judged((stack) => {
      new CfnInclude(stack, 'Include', {
        templateFile: template({ Resources: { Queue: queue, Wide: wide(['other']) } }),
      });
    });
    expect(message).toBe('');
  });
});
