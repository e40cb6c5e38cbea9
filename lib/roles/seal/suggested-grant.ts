const CHANGES = /:(put|delete|abort|create|update|restore|replicate)/i;

/** The grant to declare for actions on resources, ready to paste: for what they change, if they change something. */
export function suggestedGrant(actions: readonly string[], resources: readonly string[]): string {
  const [resource = ''] = resources;
  const action = actions.find((asked) => CHANGES.test(asked)) ?? actions[0] ?? '';
  const [service = '', name = ''] = action.toLowerCase().split(':');
  if (service === 's3') {
    const prefix = prefixIn(resources);
    return CHANGES.test(action)
      ? `new AgentStorageGrant(agent, 'Files', { bucket, prefix: '${prefix}', access: [StorageAccess.WRITE], purpose: '...' })`
      : `new AgentStorageGrant(agent, 'Files', { bucket, prefix: '${prefix}' })`;
  }
  if (service === 'kms') {
    return (
      "encryptionKey: key in the AgentStorageGrant of the bucket, or new AgentKeyGrant(agent, 'Key', " +
      "{ key, viaService: 'secretsmanager' })"
    );
  }
  if (service === 'lambda' && name.startsWith('invoke')) {
    return "new AgentFunctionGrant(agent, 'Tool', { function: fn.currentVersion })";
  }
  if (service === 'bedrock' && name.startsWith('retrieve')) {
    return "new AgentKnowledgeBaseGrant(agent, 'Knowledge', { knowledgeBase })";
  }
  if (service === 'bedrock' && /^(invokemodel|getinferenceprofile|getfoundationmodel|applyguardrail)/.test(name)) {
    return "new AgentModelGrant(agent, 'Model', { model: AgentModel.inferenceProfile('...') })";
  }
  if (service === 'ecr') {
    return 'AgentHost.agentCoreRuntime({ runtimeName, repository }) with the repository of the image that is deployed';
  }
  if (service === 'xray') {
    return 'AgentHost.lambdaFunction({ logGroup, tracing: true })';
  }
  if (service === 'ssmmessages') {
    return 'nothing: ECS Exec opens a shell with the credentials of the agent; leave enableExecuteCommand off';
  }
  return `new AgentAccessGrant(agent, 'Need', { actions: ['${action}'], resources: ['${resource}'], purpose: '...' })`;
}

/** The folder that was asked for, where one can be told from the objects' ARNs. */
function prefixIn(resources: readonly string[]): string {
  for (const resource of resources) {
    const folder = /(?:>|:::[^/]+)\/((?:[^/*?]+\/)+)\*?$/.exec(resource)?.[1];
    if (folder !== undefined) {
      return folder;
    }
  }
  return 'folder/';
}
