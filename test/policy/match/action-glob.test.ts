import { text } from '../../../lib/policy/document/text';
import { actionGlob, isExactAction, matchesAction } from '../../../lib/policy/match/action-glob';

test('letter case does not matter on either side', () => {
  expect(matchesAction(text('S3:getobject'), 's3:GETOBJECT')).toBe(true);
  expect(matchesAction(actionGlob(text('s3:Get*')), 'S3:GetObject')).toBe(true);
  expect(matchesAction(text('s3:Get*'), 's3:PutObject')).toBe(false);
});

test('an exact action has neither wildcards nor atoms', () => {
  expect([text('s3:GetObject'), text('s3:Get*'), text('s3:Ge?'), text({ atom: 'x' })].map(isExactAction)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
