import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { AgentFindings } from 'cdk-least-agency';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { checkCases } from '../checks/check-cases';
import { runProgram, runWithInput } from './run-program';
import { temporaryFiles } from './temporary-files';

const file = temporaryFiles();
const DATE = ['--date', '2026-11-20'];

const role = (properties: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
    },
    ...properties,
  },
});
const LONG = { Resources: { Other: { Type: 'AWS::SNS::Topic' }, AgentRole: role({ MaxSessionDuration: 43200 }) } };
const HUMAN_ONLY = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };

interface Reported {
  readonly rule: string;
  readonly id: string;
  readonly severity: string;
}

const findingsOf = (out: string): Reported[] => (JSON.parse(out) as { findings: Reported[] }).findings;

describe('exit codes', () => {
  test('0 without findings, and the run says what it looked at', () => {
    const { code, out, err } = runProgram('check', file('human.json', HUMAN_ONLY), ...DATE);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^0 errors, 0 warnings, 0 notes: \d+ rules looked at 0 agents' roles on 2026-11-20 \(service reference .+\)$/,
    );
  });

  test('a warning fails the run only at --fail-level warning', () => {
    const template = file('long.json', LONG);
    const warnings = findingsOf(runProgram('check', template, '--json', ...DATE).out).filter(
      ({ severity }) => severity === 'warning',
    );
    expect(warnings.map(({ rule }) => rule)).toContain('session-too-long');
    expect(runProgram('check', template, '--fail-level', 'warning', ...DATE).code).toBe(2);
  });

  test.each<[string, string[], string]>([
    ['no template', [], 'check takes a template'],
    ['two formats', ['x.json', '--json', '--sarif'], 'check writes one format, got --json and --sarif'],
    ['an unknown level', ['x.json', '--fail-level', 'info'], 'no fail level info; there is error, warning'],
    ['an unknown day', ['x.json', '--date', '2026-02-30'], '--date takes a day such as 2026-11-20, got 2026-02-30'],
    ['no such file', ['no-such.json'], "can't read no-such.json"],
    ['an unknown option', ['x.json', '--jason'], "Unknown option '--jason'"],
  ])('3 for %s', (_, args, message) => {
    const { code, out, err } = runProgram('check', ...args);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(message);
  });

  test.each<[string, unknown, string]>([
    ['no object', [], 'it has no object'],
    ['no resources', { Parameters: {} }, 'it has no Resources'],
    ['resources that are a list', { Resources: [] }, 'it has Resources that are no object'],
    ['a manifest', { artifacts: {} }, 'name the directory of the cloud assembly, not its manifest'],
    ['half a template', '{"Resources": {', 'no valid JSON'],
  ])('3 for a file with %s', (_, content, message) => {
    const { code, err } = runProgram('check', file('broken.json', content));
    expect(code).toBe(3);
    expect(err).toContain(message);
  });
});

describe('formats', () => {
  test('JSON has the documented fields', () => {
    const { out } = runProgram('check', file('long.json', LONG), '--json', ...DATE);
    const report = JSON.parse(out);
    expect(report.version).toBe(1);
    const finding = report.findings.find(({ rule }: Reported) => rule === 'session-too-long');
    expect(finding).toEqual({
      rule: 'session-too-long',
      id: expect.stringMatching(/^LeastAgency-SessionTooLong-[0-9a-f]{8}$/),
      severity: 'warning',
      certainty: 'certain',
      stack: 'long.json',
      logicalId: 'AgentRole',
      message: expect.stringContaining('43200'),
      why: expect.any(String),
      fix: expect.any(String),
    });
  });

  test('text says where, what and what to do', () => {
    const { out } = runProgram('check', file('long.json', LONG), ...DATE);
    expect(out).toMatch(/^warning {2}session-too-long {2}AgentRole$/m);
    expect(out).toMatch(/^ {2}fix {5}Leave MaxSessionDuration out/m);
    expect(out).toMatch(/^ {2}at {6}.*long\.json:1 \(AgentRole\)$/m);
  });

  test('SARIF points to the line, and its fingerprints survive other lines', () => {
    const sarif = (content: string) =>
      JSON.parse(runProgram('check', file('long.json', content), '--sarif', ...DATE).out).runs[0];
    const plain = sarif(JSON.stringify(LONG, undefined, 2));
    const result = plain.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'LeastAgency-SessionTooLong');
    expect(result.locations[0].physicalLocation.region.startLine).toBe(6);
    expect(plain.tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: 'LeastAgency-SessionTooLong',
      name: 'session-too-long',
    });
    expect(plain.tool.driver.rules).toHaveLength(CATALOGUE.length);
    const moved = sarif(`\n\n${JSON.stringify(LONG, undefined, 2)}`);
    const prints = (run: { results: { partialFingerprints: unknown }[] }) =>
      run.results.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(moved)).toEqual(prints(plain));
  });

  test('JUnit has one test case a quiet rule, and escapes what XML cannot hold', () => {
    const odd = {
      Resources: {
        AgentRole: { ...role({ MaxSessionDuration: 43200 }), Metadata: { 'aws:cdk:path': 'A&"<\u0007>/Role' } },
      },
    };
    const { out } = runProgram('check', file('odd.json', odd), '--junit', ...DATE);
    expect(out).toMatch(/<testsuite name="session-too-long" tests="1" failures="1"/);
    expect(out).toContain('A&amp;&quot;&lt;\ufffd&gt;/Role');
    expect(out.match(/<testsuite /g)).toHaveLength(CATALOGUE.length);
  });

  test('Markdown keeps one row a finding, whatever stands in it', () => {
    const odd = {
      Resources: {
        AgentRole: { ...role({ MaxSessionDuration: 43200 }), Metadata: { 'aws:cdk:path': 'A|`b`\n<i>/Role' } },
      },
    };
    const { out } = runProgram('check', file('odd.json', odd), '--markdown', ...DATE);
    const rows = out.split('\n').filter((line) => line.includes('session-too-long'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain("`A\\|'b' <i>/Role`");
  });
});

test('standard input is a template too', () => {
  const { out } = runWithInput(JSON.stringify(LONG), 'check', '-', '--json', ...DATE);
  expect(findingsOf(out).map(({ rule }) => rule)).toContain('session-too-long');
});

test('a template with a byte order mark, in the middle of other templates, is read', () => {
  const first = file('a.json', `\ufeff${JSON.stringify(LONG)}`);
  const { out } = runProgram('check', first, file('b.json', HUMAN_ONLY), '--json', ...DATE);
  expect(findingsOf(out).map(({ rule }) => rule)).toContain('session-too-long');
});

test('the gravest findings come first', () => {
  const given = checkCases().flatMap(({ violating }) => violating.flatMap(({ template }) => template ?? []));
  const Resources = Object.fromEntries(
    given.flatMap((template, index) =>
      Object.entries((template as { Resources: object }).Resources).map(([id, resource]) => [
        `${id}${index}`,
        resource,
      ]),
    ),
  );
  const order = ['error', 'warning', 'info'];
  const severities = findingsOf(runProgram('check', file('all.json', { Resources }), '--json', ...DATE).out).map(
    ({ severity }) => order.indexOf(severity),
  );
  expect(severities).toEqual([...severities].sort());
});

test('what a construct acknowledged does not count, until its day is over', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Agents');
  const role = new iam.Role(stack, 'Agent', {
    assumedBy: new iam.ServicePrincipal('bedrock.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    }),
    maxSessionDuration: Duration.hours(2),
  });
  const first = app.synth({ force: true, skipValidation: true }).directory;
  const found = (...args: string[]) => JSON.parse(runProgram('check', first, '--json', ...args).out);
  const tooLong = ({ rule }: Reported) => rule === 'session-too-long';
  const { id } = found(...DATE).findings.find(tooLong);
  AgentFindings.acknowledge(role, {
    id,
    reason: 'the host cannot renew credentials',
    owner: 'me@example.com',
    expires: '2026-12-31',
  });
  app.synth({ force: true, skipValidation: true });
  expect(found(...DATE).findings.filter(tooLong)).toEqual([]);
  expect(found(...DATE).acknowledged.filter(tooLong)).toHaveLength(1);
  expect(found('--date', '2027-01-01').findings.filter(tooLong)).toHaveLength(1);
});
