import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that bring in text that anybody can have written: from the web, by search, fetch or browser. */
export const WEB_SEARCH = new ActionSet(
  'bedrock-agentcore:InvokeWebSearch',
  'bedrock-websearch:ExternalWebAccess',
  'bedrock-websearch:InvokeFetch',
  'bedrock-websearch:InvokeSearch',
);
export const BROWSING = new ActionSet(
  'bedrock-agentcore:ConnectBrowserAutomationStream',
  'bedrock-agentcore:StartBrowserSession',
);

/** Actions that read from a knowledge base, and from a bucket. */
export const RETRIEVAL = new ActionSet(
  'bedrock:AgenticRetrieve*',
  'bedrock:Retrieve',
  'bedrock:RetrieveAndGenerate',
  'bedrock:RetrieveAndGenerateStream',
);
export const OBJECT_READ = new ActionSet('s3:GetObject', 's3:GetObjectVersion');
