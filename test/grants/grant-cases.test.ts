import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shapesOf } from '../../lib/grants/action-shapes';
import type { ContextValue } from '../../lib/policy/condition/request-context';
import { text } from '../../lib/policy/document/text';
import { fitsShape } from '../../lib/policy/reference/arn-shape';
import { findAction, supplies } from '../../lib/policy/reference/service-reference';
import { ACCOUNT, SynthesizedAgent } from './agent-fixture';
import { DECLARED } from './declared-grants';

interface RequestCase {
  readonly name: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

interface AgentCase {
  readonly declares: string;
  readonly allowed: readonly RequestCase[];
  readonly denied: readonly RequestCase[];
}

const FOLDER = join(__dirname, '..', 'cases', 'grants');
const FILES = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.json') ? [file.replace('.json', '')] : []));

function cases(file: string): [string, AgentCase][] {
  return Object.entries(JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8')));
}

function contextOf({ action, context }: RequestCase): Record<string, ContextValue> {
  return {
    'aws:CurrentTime': '2026-11-20T12:00:00Z',
    ...(action.startsWith('s3:') ? { 's3:ResourceAccount': ACCOUNT } : {}),
    ...context,
  };
}

/** What a request names that the service reference does not know, or not there. */
function problems(request: RequestCase): string[] {
  const action = findAction(request.action);
  if (action === undefined) {
    return [`${request.action} is no action`];
  }
  const shapes = shapesOf(action);
  const fits =
    request.resource === '*'
      ? shapes.length === 0
      : shapes.length === 0 || shapes.some((shape) => fitsShape(text(request.resource), shape) === 'yes');
  return [
    ...(fits ? [] : [`${request.action} is not about ${request.resource}`]),
    ...Object.keys(contextOf(request)).flatMap((key) =>
      supplies(action.name, key) ? [] : [`a request of ${action.name} does not carry ${key}`],
    ),
  ];
}

test('every file has an agent for each of its entries, and every agent has cases', () => {
  expect(Object.fromEntries(FILES.map((file) => [file, cases(file).map(([name]) => name)]))).toEqual(
    Object.fromEntries(Object.entries(DECLARED).map(([file, agents]) => [file, Object.keys(agents)])),
  );
});

test.each(FILES)('every request of %s is one that the service reference knows', (file) => {
  const requests = cases(file).flatMap(([, { allowed, denied }]) => [...allowed, ...denied]);
  expect(requests.flatMap(problems)).toEqual([]);
});

describe.each(FILES)('%s', (file) => {
  describe.each(cases(file))('an agent: %s', (name, { allowed, denied }) => {
    const declared = DECLARED[file]?.[name];
    let agent: SynthesizedAgent;

    beforeAll(() => {
      agent = SynthesizedAgent.with(declared?.declare ?? (() => undefined), declared?.options);
    });

    // A table without rows is an error to jest.
    if (allowed.length > 0) {
      test.each(allowed)('$name', (request) => {
        expect(agent.decides(request.action, request.resource, contextOf(request))).toMatchObject({
          decision: 'Allowed',
        });
      });
    }

    test.each(denied)('never $name', (request) => {
      expect(agent.decides(request.action, request.resource, contextOf(request)).decision).not.toBe('Allowed');
    });
  });
});
