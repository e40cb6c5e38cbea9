import * as iam from 'aws-cdk-lib/aws-iam';
import { type App, type Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { AgentFindings, AgentRoleChecks, type FindingAcknowledgement } from 'cdk-least-agency';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { CRITICAL_RULES } from '../../../lib/checks/critical-rules';
import {
  agentThatMay,
  agentWith,
  newApp,
  newStack,
  PlainChecks,
  roleOf,
  shown,
  synthesized,
  TODAY,
} from './checked-app';

const GIVEN = { reason: 'The key is of this agent alone.', owner: 'claims@example.com', expires: '2027-01-31' };
/** All rules that can be switched off, but the one about acknowledgements. */
const NOT_HYGIENE = CATALOGUE.map(({ name }) => name).filter(
  (name) => name !== 'suppression-hygiene' && !CRITICAL_RULES.includes(name),
);
const POLICY = 'Claims/Role/DefaultPolicy/Resource';

interface Claims {
  readonly app: App;
  readonly stack: Stack;
  readonly role: iam.Role;
}

function claims(actions: string[] = ['kms:Decrypt']): Claims {
  const stack = newStack();
  const role = roleOf(stack, actions);
  agentWith(stack, role.roleArn);
  return { app: stack.node.root as App, stack, role };
}

/** The id of the only finding. */
function idIn({ stack }: Claims): string {
  const [only, ...more] = new PlainChecks(stack).validateScope(stack).violations;
  expect(more).toEqual([]);
  return only?.ruleName ?? '';
}

function checkedWith({ app }: Claims, props = {}): ReturnType<typeof synthesized> {
  Validations.of(app).addPlugins(new PlainChecks(app, props));
  return synthesized(app);
}

describe('an acknowledgement', () => {
  test('silences one finding, and stands in the report with its terms', () => {
    const given = claims();
    const id = idIn(given);
    AgentFindings.acknowledge(given.role, { id, ...GIVEN });
    const { error, reports } = checkedWith(given);
    expect(error).toBe('');
    expect(reports[0]).toMatchObject({
      conclusion: 'success',
      violations: [],
      suppressedViolations: [
        { ruleName: id, reason: 'The key is of this agent alone. [owner: claims@example.com; expires: 2027-01-31]' },
      ],
    });
  });

  test('takes the id as synth prints it', () => {
    const given = claims();
    AgentFindings.acknowledge(given.role, { id: `LeastAgency::${idIn(given)}`, ...GIVEN });
    expect(checkedWith(given).error).toBe('');
  });

  test('silences nothing when the statement changed since', () => {
    const given = claims();
    AgentFindings.acknowledge(given.role, { id: idIn(given), ...GIVEN });
    given.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:ReEncryptFrom'], resources: ['*'] }),
    );
    expect(checkedWith(given).error).toContain('may kms:Decrypt');
  });

  test('silences nothing on another construct', () => {
    const given = claims();
    const id = idIn(given);
    agentWith(given.stack, roleOf(given.stack, ['kms:Decrypt'], 'OtherRole').roleArn, 'Other');
    AgentFindings.acknowledge(given.role, { id, ...GIVEN });
    const { reports } = checkedWith(given);
    expect(shown(reports.flatMap(({ violations }) => violations))).toEqual([
      'error KmsBroad @ Claims/OtherRole/DefaultPolicy/Resource',
    ]);
  });

  test('holds on its last day', () => {
    const given = claims();
    AgentFindings.acknowledge(given.role, { id: idIn(given), ...GIVEN, expires: TODAY });
    expect(checkedWith(given).error).toBe('');
  });

  test('that has ended brings the finding back, under an id that it does not silence', () => {
    const given = claims();
    const id = idIn(given);
    AgentFindings.acknowledge(given.role, { id, ...GIVEN, expires: '2026-11-19' });
    const { error, reports } = checkedWith(given);
    expect(error).toContain('may kms:Decrypt');
    expect(error).toContain('It was acknowledged until 2026-11-19.');
    expect(reports[0]?.violations.map(({ ruleName }) => ruleName)).toEqual([`${id}-expired`]);
  });

  test('that was renewed holds again', () => {
    const given = claims();
    const id = idIn(given);
    AgentFindings.acknowledge(given.role, { id, ...GIVEN, expires: '2026-11-19' });
    AgentFindings.acknowledge(given.role, { id, ...GIVEN });
    expect(checkedWith(given).error).toBe('');
  });

  test('of a warning that has ended leaves a warning', () => {
    const given = claims(['ses:SendEmail']);
    AgentFindings.acknowledge(given.role, { id: idIn(given), ...GIVEN, expires: '2026-11-19' });
    const { error, reports } = checkedWith(given);
    expect(error).toBe('');
    expect(reports.flatMap(({ violations }) => shown(violations))).toEqual([`warning Untagged-expired @ ${POLICY}`]);
  });
});

describe('what silences no finding', () => {
  test.each<[string, (id: string) => string]>([
    ['a rule, bare', () => 'LeastAgency-KmsBroad'],
    ['a rule, with prefix', () => 'LeastAgency::LeastAgency-KmsBroad'],
    ['a finding without prefix', (id) => id],
    ['a finding of another hash', () => 'LeastAgency::LeastAgency-KmsBroad-00000000'],
  ])('%s', (_, written) => {
    const given = claims();
    Validations.of(given.role).acknowledge({ id: written(idIn(given)), reason: 'quiet' });
    expect(checkedWith(given).error).toContain('may kms:Decrypt');
  });
});

describe('a finding of a critical rule', () => {
  const acknowledged = (): Claims => {
    const given = claims(['iam:CreateUser']);
    AgentFindings.acknowledge(given.role, { id: idIn(given), ...GIVEN });
    return given;
  };

  test('is fatal, and no acknowledgement silences it', () => {
    const { error, reports } = checkedWith(acknowledged());
    expect(error).toMatch(
      /FATAL Claims\/Role\/Resource may iam:CreateUser[\s\S]*Rule LeastAgency::LeastAgency-IamWrite-/,
    );
    expect(reports.flatMap(({ violations }) => shown(violations))).toEqual([`fatal IamWrite @ ${POLICY}`]);
    expect(reports[0]?.suppressedViolations).toBeUndefined();
  });

  test('is like any other where the rule is relaxed, with a reason', () => {
    const relaxedRules = [{ rule: 'iam-write', reason: 'the sandbox account has no users' }];
    const { error, reports } = checkedWith(acknowledged(), { relaxedRules });
    expect(error).toBe('');
    expect(reports[0]?.suppressedViolations).toHaveLength(1);
  });

  test('is found whatever the filters leave out', () => {
    const { error } = checkedWith(claims(['iam:CreateUser']), { groups: ['HUM'], frameworks: ['OWASP NHI'] });
    expect(error).toContain('FATAL');
  });
});

describe('AgentFindings.acknowledge refuses', () => {
  const ID = 'LeastAgency-KmsBroad-3f9c2a1b';

  test.each<[string, Partial<Record<keyof FindingAcknowledgement, unknown>>, string]>([
    ['the id of a rule', { id: 'LeastAgency-KmsBroad' }, "got 'LeastAgency-KmsBroad', which is a rule"],
    ['an id that is none', { id: 'AwsSolutions-IAM5' }, "got 'AwsSolutions-IAM5', which is no finding"],
    ['an ended id', { id: `${ID}-expired` }, 'which is no finding'],
    ['a rule that failed', { id: 'LeastAgency-KmsBroad-failed' }, 'which is no finding'],
    ['no id', { id: undefined }, 'got nothing'],
    ['no reason', { reason: ' ' }, "reason must say in one line why the finding is accepted here, got ' '"],
    ['a reason of two lines', { reason: 'a\nb' }, 'in one line'],
    ['no owner', { owner: undefined }, 'owner must say who answers for it'],
    ['an owner with the signs of the terms', { owner: 'a; b' }, 'without [, ] and ;'],
    ['no day', { expires: undefined }, 'expires must be a day as YYYY-MM-DD'],
    ['a day that is none', { expires: '2027-02-30' }, "got '2027-02-30'"],
  ])('%s', (_, change, says) => {
    const { role } = claims();
    const acknowledgement = { id: ID, ...GIVEN, ...change } as FindingAcknowledgement;
    expect(() => AgentFindings.acknowledge(role, acknowledgement)).toThrow(says);
  });

  test.each<[string, (app: App) => Stage | Stack]>([
    ['an app', (app) => app],
    ['a Stage', (app) => new Stage(app, 'Prod')],
    ['a stack', (app) => newStack(app)],
  ])('%s', (_, place) => {
    expect(() => AgentFindings.acknowledge(place(newApp()), { id: ID, ...GIVEN })).toThrow(
      'belongs on the construct that the finding names, not on an app, a Stage or a stack',
    );
  });
});

test('an app without findings needs no acknowledgement to be clean', () => {
  const app = agentThatMay(['kms:DescribeKey']);
  Validations.of(app).addPlugins(new PlainChecks(app));
  expect(synthesized(app).error).toBe('');
});

describe('acknowledgements that could rot are findings themselves', () => {
  const hygiene = (app: App): string[] => {
    Validations.of(app).addPlugins(new AgentRoleChecks(app, { date: TODAY, disabledRules: NOT_HYGIENE }));
    return synthesized(app).reports.flatMap(({ violations }) =>
      violations
        .filter(({ severity }) => severity !== 'fatal')
        .map(({ description }) => description.split('\n')[0] ?? ''),
    );
  };
  const HASHED = 'LeastAgency-NetPublic-3f9c2a1b';

  test.each<[string, (given: Claims) => void, string]>([
    [
      'one of a whole rule',
      ({ role }) => Validations.of(role).acknowledge({ id: 'LeastAgency::LeastAgency-NetPublic', reason: 'CLAIMS-12' }),
      'names a whole rule',
    ],
    [
      'one of the app',
      ({ app }) => Validations.of(app).acknowledge({ id: `LeastAgency::${HASHED}`, reason: 'CLAIMS-12' }),
      'covers the whole app',
    ],
    [
      'one of a stack',
      ({ stack }) => Validations.of(stack).acknowledge({ id: `LeastAgency::${HASHED}`, reason: 'CLAIMS-12' }),
      'covers the whole stack',
    ],
    [
      'one without owner',
      ({ role }) => Validations.of(role).acknowledge({ id: `LeastAgency::${HASHED}`, reason: 'because' }),
      'names no owner',
    ],
    [
      'one that has ended',
      ({ role }) => AgentFindings.acknowledge(role, { id: HASHED, ...GIVEN, expires: '2026-11-19' }),
      'ended on 2026-11-19',
    ],
  ])('%s', (_, acknowledge, says) => {
    const given = claims(['kms:DescribeKey']);
    acknowledge(given);
    expect(hygiene(given.app)).toEqual([expect.stringContaining(says)]);
  });

  test('one that is well written is none', () => {
    const given = claims(['kms:DescribeKey']);
    AgentFindings.acknowledge(given.role, { id: HASHED, ...GIVEN });
    expect(hygiene(given.app)).toEqual([]);
  });

  test('of another plugin is none', () => {
    const given = claims(['kms:DescribeKey']);
    Validations.of(given.app).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM5', reason: 'because' });
    expect(hygiene(given.app)).toEqual([]);
  });
});
