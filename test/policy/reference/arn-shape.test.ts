import { type Atom, text } from '../../../lib/policy/document/text';
import { fitsShape, isWholeType } from '../../../lib/policy/reference/arn-shape';

const BUCKET = 'arn:${Partition}:s3:::${BucketName}';
const OBJECT = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
const TABLE = 'arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}';
const INDEX = 'arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}/index/${IndexName}';
const MODEL = 'arn:${Partition}:bedrock:${Region}::foundation-model/${ResourceId}';
const GUARDRAIL = 'arn:${Partition}:bedrock:${Region}:${Account}:guardrail/${GuardrailId}';
const PROMPT_VERSION = 'arn:${Partition}:bedrock:${Region}:${Account}:prompt/${PromptId}:${PromptVersion}';
const FUNCTION = 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}';
const SECRET = 'arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}';
const FIXED = 'arn:${Partition}:s3:${Region}:${Account}:access-grants/default';
const bucket: Atom = { atom: 'Bucket.Arn' };
const partition: Atom = { atom: 'AWS::Partition' };

test.each<[(string | Atom)[], string, string]>([
  [['*'], TABLE, 'yes'],
  [[bucket], OBJECT, 'unknown'],
  [[bucket, '/*'], OBJECT, 'yes'],
  [[bucket, '/*'], BUCKET, 'no'],
  [[bucket, '/*'], INDEX, 'yes'],
  [['arn:aws:s3:::claims'], BUCKET, 'yes'],
  [['arn:aws:s3:::claims'], OBJECT, 'no'],
  [['arn:aws:s3:::claims/*'], BUCKET, 'no'],
  [['arn:aws:s3:::claims/*'], OBJECT, 'yes'],
  [['arn:aws:s3:::claims*'], OBJECT, 'yes'],
  [['arn:aws:s3:::claims/'], OBJECT, 'no'],
  [['arn:aws:s3:::'], BUCKET, 'no'],
  [['arn:aws:s3:::/x'], OBJECT, 'no'],
  [['arn:', partition, ':s3:::claims'], BUCKET, 'yes'],
  [['arn:', partition, ':sqs:::claims'], BUCKET, 'no'],
  // The partition is one part: it holds no `aws:secretsmanager:...:secret:x`.
  [['arn:', partition, ':s3:::claims/*'], SECRET, 'no'],
  [['arn:aws:dynamodb:', { atom: 'AWS::Region' }, ':', { atom: 'AWS::AccountId' }, ':table/Claims'], TABLE, 'yes'],
  [['arn:aws:dynamodb:', { atom: 'AWS::Region' }, ':table/Claims'], TABLE, 'no'],
  [['arn:aws:dynamodb:', bucket, ':table/Claims'], TABLE, 'yes'],
  [['arn:aws:s3'], BUCKET, 'yes'],
  [['arn:aws:sqs'], BUCKET, 'no'],
  [['arn:aws:*'], TABLE, 'yes'],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/Claims'], TABLE, 'yes'],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/Claims/index/*'], TABLE, 'no'],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/Claims/index/*'], INDEX, 'yes'],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/*'], INDEX, 'yes'],
  [['arn:aws:dynamodb:eu-west-1:111122223333:tabl?/Claims'], TABLE, 'yes'],
  [['arn:aws:dynamodb:eu-west-1:111122223333:queue/Claims'], TABLE, 'no'],
  [['arn:aws:bedrock:::foundation-model/x-v1:0'], MODEL, 'yes'],
  [['arn:aws:bedrock:eu-west-1:111122223333:foundation-model/x'], MODEL, 'no'],
  [['arn:aws:secretsmanager:eu-west-1:111122223333:secret:a/b-??????'], SECRET, 'yes'],
  [['arn:aws:s3:eu-west-1:111122223333:access-grants/default'], FIXED, 'yes'],
  // All parts are written: the star of the account does not reach into the name of another type.
  [['arn:aws:bedrock:*:*:agent/*'], GUARDRAIL, 'no'],
  [['arn:aws:bedrock:*:*:agent/*'], PROMPT_VERSION, 'no'],
  [['arn:aws:bedrock:*:111122223333:agent/*'], GUARDRAIL, 'no'],
  [['arn:aws:bedrock:*:*:guardrail/*'], GUARDRAIL, 'yes'],
  [['arn:aws:bedrock:*:*:*'], GUARDRAIL, 'yes'],
  [['arn:aws:bedrock:*:*:*/*'], GUARDRAIL, 'yes'],
  [['arn:aws:bedrock:*:*:*:7'], PROMPT_VERSION, 'yes'],
  [['arn:aws:bedrock:*:agent/*'], GUARDRAIL, 'yes'],
  [['arn:aws:bedrock:*:*:foundation-model/x-v1:0'], MODEL, 'yes'],
  [['arn:aws:lambda:*:function:claims'], FUNCTION, 'yes'],
])('%j fits %s: %s', (resource, shape, fits) => {
  expect(fitsShape(text(...resource), shape)).toBe(fits);
});

test.each<[(string | Atom)[], string, boolean]>([
  [['*'], TABLE, true],
  [['**'], TABLE, true],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/*'], TABLE, true],
  [['arn:', partition, ':dynamodb:*:*:table/*'], TABLE, true],
  [['arn:aws:dynamodb:eu-west-1:111122223333:*'], TABLE, true],
  [['arn:aws:dynamodb'], TABLE, true],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/Claims*'], TABLE, false],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/?*'], TABLE, false],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/Claims/index/*'], INDEX, false],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/*/index/*'], INDEX, true],
  [['arn:aws:dynamodb:eu-west-1:111122223333:table/*/index/by-*'], INDEX, false],
  [['arn:aws:sqs:eu-west-1:111122223333:*'], TABLE, false],
  [['arn:aws:s3:::*'], OBJECT, true],
  [['arn:aws:s3:::*/*'], OBJECT, true],
  [['arn:aws:s3:::claims/*'], OBJECT, false],
  [[bucket, '/*'], OBJECT, false],
  [[bucket], BUCKET, false],
  [['arn:aws:s3:eu-west-1:111122223333:access-grants/default'], FIXED, false],
])('%j is all of %s: %s', (resource, shape, whole) => {
  expect(isWholeType(text(...resource), shape)).toBe(whole);
});
