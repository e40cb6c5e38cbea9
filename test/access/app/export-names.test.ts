import { AppModel } from '../../../lib/access/app/app-model';
import type { AppTemplate } from '../../../lib/access/app/app-template';

/** A template with one role, whose ARN it exports under this name. */
function roles(name: string, exported: unknown): AppTemplate {
  return {
    name,
    body: {
      Resources: { Role: { Type: 'AWS::IAM::Role', Properties: {} } },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: exported } } },
    },
  };
}

/** The templates whose roles an agent has that imports this name. */
function importedFrom(name: unknown, ...exporting: AppTemplate[]): string[] {
  const agent = {
    Type: 'AWS::Bedrock::Agent',
    Properties: { AgentResourceRoleArn: { 'Fn::ImportValue': name } },
  };
  const model = new AppModel([
    ...exporting,
    { name: 'agents.json', body: { Parameters: { Roles: { Type: 'String' } }, Resources: { Agent: agent } } },
  ]);
  return model.roles.filter(({ uses }) => uses.length > 0).map(({ resource }) => resource.key);
}

const AFTER_STACK = { 'Fn::Sub': '${AWS::StackName}-RoleArn' };

describe('an export that is named after its stack', () => {
  test.each<[string, unknown]>([
    ['written out', 'iam-prod-RoleArn'],
    ['with the stack in a parameter', { 'Fn::Sub': '${Roles}-RoleArn' }],
  ])('is imported %s', (_, name) => {
    expect(importedFrom(name, roles('a.json', AFTER_STACK))).toEqual(['{a.json#Role}']);
  });

  test.each<[string, unknown]>([
    ['another ending', 'iam-prod-BucketArn'],
    ['another ending after a parameter', { 'Fn::Sub': '${Roles}-BucketArn' }],
    ['more after a parameter', { 'Fn::Sub': '${Roles}-RoleArn-${Roles}' }],
    ['more behind', 'iam-prod-RoleArn-2'],
    ['what no stack is called', 'iam:prod-RoleArn'],
    ['a parameter alone', { Ref: 'Roles' }],
  ])('is not meant by %s', (_, name) => {
    expect(importedFrom(name, roles('a.json', AFTER_STACK))).toEqual([]);
  });

  test('takes the signs in its name as they are', () => {
    const dotted = roles('a.json', { 'Fn::Sub': '${AWS::StackName}.Arn' });
    expect(importedFrom('iam.Arn', dotted)).toEqual(['{a.json#Role}']);
    expect(importedFrom('iam-Arn', dotted)).toEqual([]);
  });

  test('is known by the name of its template among several', () => {
    const both = [roles('a.template.json', AFTER_STACK), roles('b.json', AFTER_STACK)];
    expect(importedFrom('a-RoleArn', ...both)).toEqual(['{a.template.json#Role}']);
    expect(importedFrom('c-RoleArn', ...both)).toEqual([]);
    expect(importedFrom({ 'Fn::Sub': '${Roles}-RoleArn' }, ...both)).toEqual([]);
  });

  test('comes after the one of exactly this name', () => {
    expect(importedFrom('a-RoleArn', roles('a.json', AFTER_STACK), roles('b.json', 'a-RoleArn'))).toEqual([
      '{b.json#Role}',
    ]);
  });

  test('is more than the name of the stack', () => {
    expect(importedFrom('iam', roles('a.json', { Ref: 'AWS::StackName' }))).toEqual([]);
    expect(importedFrom('iam-x', roles('a.json', { 'Fn::Sub': '${AWS::StackName}-${AWS::Region}' }))).toEqual([]);
  });
});
