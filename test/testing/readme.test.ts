import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AgentStorageGrant, EffectiveAccess, PolicyComparison } from 'cdk-least-agency';
import { newAgent, newStack } from '../roles/agent-fixture';

test('the README says what the code answers', () => {
  const stack = newStack();
  const bucket = new s3.Bucket(stack, 'Files');
  const agent = newAgent(stack);
  new AgentStorageGrant(agent, 'Claims', { bucket, prefix: 'claims/' });
  const access = EffectiveAccess.ofRole(agent);
  const reads = access.decide({
    action: 's3:GetObject',
    resource: bucket.arnForObjects('claims/4711.pdf'),
    context: { 's3:ResourceAccount': '111122223333' },
  });
  expect(reads.isAllowed).toBe(true);
  expect(reads.because).toEqual([
    'identity[0].Statement[0] (Sid ClaimsRead) allows',
    'boundary[0].Statement[0] (Sid Ceiling) allows',
  ]);
  expect(
    access.decide({ action: 's3:DeleteObject', resource: bucket.arnForObjects('claims/4711.pdf') }).isAllowed,
  ).toBe(false);

  const reading = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::claims-docs/claims/*' };
  const committed = { Version: '2012-10-17', Statement: [reading] };
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  role.addToPolicy(iam.PolicyStatement.fromJson({ ...reading, Action: ['s3:GetObject', 's3:PutObject'] }));
  const before = EffectiveAccess.ofPolicies({ identity: [committed] });
  const change = PolicyComparison.between(before, EffectiveAccess.ofRole(role));
  expect(change.gainsNothing).toBe(false);
  expect(change.describe()).toBe(
    'broadened: gained s3:PutObject on arn:aws:s3:::claims-docs/claims/example (Write, a subtree)',
  );
  expect(change.gained[0]?.witness).toEqual({
    action: 's3:PutObject',
    resource: 'arn:aws:s3:::claims-docs/claims/example',
    context: {},
  });
});
