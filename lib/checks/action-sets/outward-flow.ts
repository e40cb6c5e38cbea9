import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that send data to people, to the internet or to partners. */
export const OUTWARD_FLOW = new ActionSet(
  'bedrock-agentcore:ConnectBrowserAutomationStream',
  'bedrock-agentcore:InvokeWebSearch',
  'bedrock-agentcore:StartBrowserSession',
  'bedrock-websearch:ExternalWebAccess',
  'bedrock-websearch:InvokeFetch',
  'bedrock-websearch:InvokeSearch',
  'events:InvokeApiDestination',
  'ses:SendBulkEmail',
  'ses:SendBulkTemplatedEmail',
  'ses:SendEmail',
  'ses:SendRawEmail',
  'ses:SendTemplatedEmail',
  'sms-voice:SendTextMessage',
  'states:InvokeHTTPEndpoint',
);
