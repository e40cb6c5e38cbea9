import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextValue } from '../../lib/policy/condition/request-context';
import { ACCOUNT, REGION } from './claims-resources';

/** The hosts that the claims agent is made for. */
export const HOSTS = ['agentcore-runtime', 'bedrock-agent', 'lambda-function', 'ecs-task', 'eks-pod-identity'] as const;
export type Host = (typeof HOSTS)[number];

/** What the agent never needs, one file a category, with the title that reports show. */
export const EXCESS: readonly { readonly file: string; readonly title: string }[] = [
  { file: 'excess-model', title: 'other model, region, profile, account' },
  { file: 'excess-outside-profile', title: 'right model outside its profile' },
  { file: 'excess-no-guardrail', title: 'no or wrong guardrail' },
  { file: 'excess-knowledge-base', title: 'other or administrative knowledge base' },
  { file: 'excess-function', title: 'other function, version, administration' },
  { file: 'excess-storage', title: 'other prefix, bucket, listing, any write' },
  { file: 'excess-key', title: 'other key, key outside S3, administration' },
  { file: 'excess-guardrail-admin', title: 'other guardrail, administration' },
  { file: 'excess-bedrock-admin', title: 'Bedrock administration' },
  { file: 'excess-other-agents', title: 'other agents, identity, memory, tools' },
  { file: 'excess-iam-and-sts', title: 'IAM and STS' },
  { file: 'excess-logs-and-metrics', title: 'logs and metrics of others' },
  { file: 'excess-other-services', title: 'other services' },
];

/** One request, as test/cases/claims-agent/README.md explains it. */
export interface RequestCase {
  readonly name: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly resourceAccount?: string;
  readonly notOn?: readonly Host[];
  readonly because?: string;
  readonly fromPlatform?: boolean;
}

/** One attempt to assume the role. */
export interface TrustCase {
  readonly name: string;
  readonly action: string;
  readonly principal: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly allowed: boolean;
}

/** The requests of a file that mean something on a host. */
export function requestCases(file: string, host: Host): RequestCase[] {
  return read<RequestCase[]>(file).filter(({ notOn = [] }) => !notOn.includes(host));
}

/** The attempts to assume the role of an agent on a host. */
export function trustCases(host: Host): TrustCase[] {
  return read<TrustCase[]>(`trust-${host}`);
}

/** The context keys of a request: those that the case gives, and those that follow from it. */
export function requestContext(request: RequestCase, host: Host): Record<string, ContextValue> {
  const [, , , region, account] = request.resource.split(':');
  const owner = request.resourceAccount ?? (account === undefined || account === '' ? undefined : account);
  const isS3 = request.action.startsWith('s3:');
  return {
    'aws:RequestedRegion': region || REGION,
    'aws:SecureTransport': 'true',
    ...(owner === undefined ? {} : { 'aws:ResourceAccount': owner }),
    ...(owner === undefined || !isS3 ? {} : { 's3:ResourceAccount': owner }),
    'aws:PrincipalAccount': ACCOUNT,
    ...(request.fromPlatform ? {} : read<Record<Host, { context: Record<string, string> }>>('hosts')[host].context),
    ...request.context,
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(__dirname, '..', 'cases', 'claims-agent', `${file}.json`), 'utf8'));
}
