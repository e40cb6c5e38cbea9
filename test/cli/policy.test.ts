import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAssembly } from './assembly-fixture';
import { type ProgramRun, runProgram } from './run-program';

const EXACT = 'arn:aws-cn:bedrock:cn-north-1:111122223333:knowledge-base/KBCLAIMS01';

// The CDK command line asks for this, plain synthesis does not.
const CLI_CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

describe.each([
  ['without asset metadata', {}],
  ['with asset metadata', CLI_CONTEXT],
])('in a cloud assembly %s', (_, context) => {
  let app: string;
  const policy = (stack: string, agent: string): ProgramRun => runProgram('policy', stack, agent, '--app', app);

  beforeAll(() => {
    app = writeAssembly(context);
  });

  test('an agent is printed with its policies, boundary and trust', () => {
    const { code, out, err } = policy('Top', 'claims-agent');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      agent: 'claims-agent',
      stack: 'Top',
      role: expect.stringMatching(/^Role/),
      identity: [
        { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'bedrock:Retrieve', Resource: EXACT }] },
      ],
      boundary: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      trust: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
      maxSessionDuration: 3600,
    });
  });

  test.each([
    ['by the path of its stack', 'Prod/Claims', 'claims-agent', 'Prod/Claims'],
    ['by the name of its stack', 'Anywhere', 'anywhere-agent', 'Anywhere'],
    ['in a nested stack, by the stack that is not nested', 'Top', 'inner-agent', 'Top/Inner'],
    ['in a nested stack, by the path of the nested stack', 'Top/Inner', 'inner-agent', 'Top/Inner'],
    ['in a nested stack of a nested stack', 'Top/Inner', 'innermost-agent', 'Top/Inner/Innermost'],
  ])('an agent is found %s', (__, stack, agent, path) => {
    const { out, err } = policy(stack, agent);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ stack: path, agent, identity: [{}] });
  });

  test('an agent is found by the id of its stack in the manifest', () => {
    const { artifacts } = JSON.parse(readFileSync(join(app, 'assembly-Test', 'manifest.json'), 'utf8'));
    const id = Object.keys(artifacts).find((key) => artifacts[key].type === 'aws:cloudformation:stack') ?? '';
    expect(JSON.parse(policy(id, 'claims-agent').out)).toMatchObject({ stack: 'Test/Claims' });
  });

  test('what only CloudFormation knows stays as it stands in the template', () => {
    const { out } = policy('Anywhere', 'anywhere-agent');
    const resource = {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':bedrock:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          ':knowledge-base/KBCLAIMS01',
        ],
      ],
    };
    expect(JSON.parse(out).identity[0].Statement[0].Resource).toEqual(resource);
  });

  test.each([
    ['Topp', 'claims-agent', 'no stack Topp, there is'],
    ['Topp', 'claims-agent', 'did you mean Top?'],
    ['Top', 'claim-agent', 'no agent claim-agent in Top, there is claims-agent, inner-agent, innermost-agent'],
    ['Top', 'claim-agent', 'did you mean claims-agent?'],
    ['Top/Inner', 'claims-agent', 'no agent claims-agent in Top/Inner, there is inner-agent'],
    ['claims', 'claims-agent', '2 stacks are called claims; say which by its path: Test/Claims, Prod/Claims'],
    ['Twice', 'twin-agent', '2 roles are tagged as the agent twin-agent'],
  ])('%s %s is bad input', (stack, agent, message) => {
    const { code, out, err } = policy(stack, agent);
    expect(err).toContain(message);
    expect(code).toBe(3);
    expect(out).toBe('');
  });
});

describe('a directory', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'least-agency-'));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  test('without a cloud assembly is bad input', () => {
    const { code, err } = runProgram('policy', 'Top', 'claims-agent', '--app', directory);
    expect(err).toContain(`no cloud assembly in ${directory}`);
    expect(code).toBe(3);
  });

  test('with a manifest that is no JSON is bad input', () => {
    writeFileSync(join(directory, 'manifest.json'), '{');
    const { code, err } = runProgram('policy', 'Top', 'claims-agent', '--app', directory);
    expect(err).toContain(`can't read ${join(directory, 'manifest.json')}`);
    expect(code).toBe(3);
  });

  test('without stacks has no stack', () => {
    writeFileSync(join(directory, 'manifest.json'), '{}');
    const { code, err } = runProgram('policy', 'Top', 'claims-agent', '--app', directory);
    expect(err).toContain('no stack Top, there is none');
    expect(code).toBe(3);
  });
});
