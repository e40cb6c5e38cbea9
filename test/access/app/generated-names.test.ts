import { AppModel } from '../../../lib/access/app/app-model';
import type { PolicyText } from '../../../lib/policy/document/text';

const covers = (pattern: unknown, Properties: object = {}, stackName?: string): boolean => {
  const app = new AppModel([
    {
      name: 'app',
      ...(stackName === undefined ? {} : { stackName }),
      body: {
        Resources: {
          Tool: { Type: 'AWS::Lambda::Function', Properties },
          Role: { Type: 'AWS::IAM::Role', Properties: { Pattern: pattern } },
        },
      },
    },
  ]);
  const [tool, role] = app.resources;
  const [named] = role?.get('Pattern').texts() ?? [];
  return tool !== undefined && app.covers(named as PolicyText, tool);
};
const arn = (name: string) => ({ 'Fn::Sub': `arn:aws:lambda:us-east-1:111122223333:function:${name}` });

test.each([
  ['the name of the stack and a star', arn('${AWS::StackName}-*'), true],
  ['the logical id too', arn('${AWS::StackName}-Tool-*'), true],
  ['another logical id', arn('${AWS::StackName}-Report-*'), false],
  ['another name', arn('claims-*'), false],
])('a function without a name is taken in by a pattern: %s', (_, pattern, expected) => {
  expect(covers(pattern)).toBe(expected);
});

test('where the name of the stack is known, a literal pattern is enough', () => {
  expect(covers(arn('claims-*'), {}, 'claims')).toBe(true);
  expect(covers(arn('claims-*'), {}, 'other')).toBe(false);
});

test('a function with a name is not called by its stack', () => {
  expect(covers(arn('${AWS::StackName}-*'), { FunctionName: 'tool' })).toBe(false);
});
