import { suggestedGrant } from '../../../lib/roles/seal/suggested-grant';

test.each([
  [
    's3:GetObject*',
    ['<S/Files.Arn>', '<S/Files.Arn>/claims/*'],
    "AgentStorageGrant(agent, 'Files', { bucket, prefix: 'claims/' })",
  ],
  ['s3:PutObject', ['arn:aws:s3:::files/a/b/*'], "prefix: 'a/b/', access: [StorageAccess.WRITE], purpose"],
  ['s3:GetObject', ['<S/Files.Arn>/*'], "prefix: 'folder/'"],
  ['kms:Decrypt', ['<S/Key.Arn>'], 'encryptionKey'],
  ['lambda:InvokeFunction', ['<S/Fn.Arn>'], 'AgentFunctionGrant'],
  ['bedrock:InvokeModel*', ['*'], 'AgentModelGrant'],
  ['bedrock:Retrieve', ['*'], 'AgentKnowledgeBaseGrant'],
  ['ecr:BatchGetImage', ['<S/Images.Arn>'], 'repository'],
  ['xray:PutTraceSegments', ['*'], 'tracing: true'],
  ['ssmmessages:CreateControlChannel', ['*'], 'enableExecuteCommand off'],
  [
    'sqs:SendMessage',
    ['<S/Queue.Arn>'],
    "AgentAccessGrant(agent, 'Need', { actions: ['sqs:SendMessage'], resources: ['<S/Queue.Arn>']",
  ],
])('%s on %j: suggests what to declare', (action, resources, suggestion) => {
  expect(suggestedGrant(['s3:GetObject', action].slice(action.startsWith('s3:Put') ? 0 : 1), resources)).toContain(
    suggestion,
  );
});
