import { ActionSet } from '../judging/grants/allowed-actions';

/** Runs a command inside a runtime, beside its agent and with its role. */
export const RUNTIME_COMMAND = new ActionSet(
  'bedrock-agentcore:InvokeAgentRuntimeCommand',
  'bedrock-agentcore:InvokeAgentRuntimeCommandShell',
);

/** Opens a session of a code interpreter, and runs code in one. */
export const INTERPRETER_SESSION = new ActionSet('bedrock-agentcore:StartCodeInterpreterSession');
export const INTERPRETER_CODE = new ActionSet('bedrock-agentcore:InvokeCodeInterpreter');

/** Opens a session of a browser or takes it over, and steers one. */
export const BROWSER_SESSION = new ActionSet(
  'bedrock-agentcore:StartBrowserSession',
  'bedrock-agentcore:UpdateBrowserStream',
);
export const BROWSER_STREAM = new ActionSet(
  'bedrock-agentcore:ConnectBrowserAutomationStream',
  'bedrock-agentcore:ConnectBrowserLiveViewStream',
);

/** Everything that runs code in sandboxes of agents, or steers them. */
export const AGENT_EXEC = [
  RUNTIME_COMMAND,
  INTERPRETER_SESSION,
  INTERPRETER_CODE,
  BROWSER_SESSION,
  BROWSER_STREAM,
].reduce((all, set) => all.and(set));
