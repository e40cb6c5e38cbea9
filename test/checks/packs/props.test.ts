import { Duration, Lazy } from 'aws-cdk-lib/core';
import {
  AgentHumanInheritanceChecks,
  AgentRoleChecks,
  type AgentRoleChecksProps,
  AgentRuleFramework,
  AgentRuleGroup,
} from 'cdk-least-agency';
import { CATALOGUE } from '../../../lib/checks/catalogue';
import { CRITICAL_RULES } from '../../../lib/checks/critical-rules';
import { ruleId } from '../../../lib/checks/finding-id';
import { newApp } from './checked-app';

const run = (props: AgentRoleChecksProps = {}): string[] => new AgentRoleChecks(newApp(), props).ruleIds ?? [];
const ids = (names: readonly string[]): string[] => names.map(ruleId);
const all = CATALOGUE.map(({ name }) => name);

describe('the rules that run', () => {
  test('are all of the catalogue', () => {
    expect(run()).toEqual(ids(all));
  });

  test('are those of groups, and the critical ones', () => {
    const expected = CATALOGUE.filter(({ name, group }) => group === 'HUM' || CRITICAL_RULES.includes(name));
    expect(run({ groups: [AgentRuleGroup.HUMANS] })).toEqual(ids(expected.map(({ name }) => name)));
  });

  test('are those of a framework, and the critical ones', () => {
    const found = run({ frameworks: [AgentRuleFramework.OWASP_NON_HUMAN_IDENTITIES] });
    expect(found).toContain(ruleId('trust-human'));
    expect(found).toContain(ruleId('iam-write'));
    expect(found.length).toBeLessThan(all.length);
  });

  test.each(Object.values(AgentRuleFramework))('ask for something of %s', (framework) => {
    expect(CATALOGUE.filter(({ frameworks }) => frameworks.some((item) => item.startsWith(framework)))).not.toEqual([]);
  });

  test('cover every framework that a rule names', () => {
    const items = CATALOGUE.flatMap(({ frameworks }) => frameworks);
    expect(items.filter((item) => !Object.values(AgentRuleFramework).some((known) => item.startsWith(known)))).toEqual(
      [],
    );
  });

  test.each(Object.values(AgentRuleGroup))('are some of group %s', (group) => {
    expect(CATALOGUE.filter((rule) => rule.group === group)).not.toEqual([]);
  });

  test('are switched on and off by name', () => {
    const found = run({
      groups: [AgentRuleGroup.HUMANS],
      enabledRules: ['untagged'],
      disabledRules: ['trust-human'],
    });
    expect(found).toContain(ruleId('untagged'));
    expect(found).not.toContain(ruleId('trust-human'));
  });

  test('of the smaller pack are about identity and people', () => {
    const found = new AgentHumanInheritanceChecks(newApp()).ruleIds ?? [];
    expect(found).toEqual(expect.arrayContaining(ids(['trust-human', 'role-shared', 'policy-shared-human'])));
    expect(found).not.toContain(ruleId('action-wildcard'));
  });
});

test('critical are rules of the catalogue that report errors', () => {
  expect(CRITICAL_RULES.map((name) => CATALOGUE.find((rule) => rule.name === name)?.severity)).toEqual(
    CRITICAL_RULES.map(() => 'error'),
  );
});

describe('a wrong prop', () => {
  const relaxed = (rule: unknown, reason: unknown = 'no users here') => ({ relaxedRules: [{ rule, reason }] });
  const role = (change: object) => ({
    attestedRoles: [
      { roleArn: 'arn:aws:iam::111122223333:role/claims', owner: 'iam-team', until: '2027-01-31', ...change },
    ],
  });

  test.each<[string, object, string]>([
    [
      'a rule that is none',
      { disabledRules: ['trust-nobody'] },
      "«AgentChecksRule» disabledRules must be names of rules, such as 'trust-public', got 'trust-nobody'; all names stand in docs/rules (at the app)",
    ],
    [
      'a rule with a letter missing',
      { disabledRules: ['net-publc'] },
      "got 'net-publc'; did you mean 'net-public'? All names stand in docs/rules",
    ],
    [
      'the id of a rule',
      { disabledRules: ['LeastAgency-KmsBroad'] },
      "got 'LeastAgency-KmsBroad'; that is 'kms-broad'",
    ],
    ['the id of a finding', { warningRules: ['LeastAgency::LeastAgency-KmsBroad-3f9c2a1b'] }, "that is 'kms-broad'"],
    [
      'rules that are no list',
      { enabledRules: 'kms-broad' },
      "«AgentChecksList» enabledRules must be a list, got 'kms-broad'",
    ],
    ['a rule on and off', { enabledRules: ['kms-broad'], disabledRules: ['kms-broad'] }, 'take it out of one'],
    [
      'a critical rule off',
      { disabledRules: ['iam-write'] },
      "«AgentChecksCritical» disabledRules must not be critical rules, got 'iam-write'; add relaxedRules: [{ rule: 'iam-write', reason: '...' }]",
    ],
    ['a critical rule as warning', { warningRules: ['trust-public'] }, 'warningRules must not be critical rules'],
    [
      'a rule relaxed that is not critical',
      relaxed('kms-broad'),
      "one of trust-public, iam-write, passrole-create, self-approval, audit-tamper, own-tool-code-write, got 'kms-broad'",
    ],
    ['a rule relaxed without reason', relaxed('iam-write', ''), "reason must say why 'iam-write' is relaxed"],
    ['a group that is none', { groups: ['IDS'] }, 'groups must be one or more of AgentRuleGroup.IDENTITY'],
    ['no group', { groups: [] }, 'got an empty list; leave it out to run all rules'],
    ['a framework that is none', { frameworks: ['SOC2'] }, "got 'SOC2'"],
    [
      'a date that is none',
      { date: '2026-13-01' },
      "«AgentChecksDate» date must be a day as YYYY-MM-DD, such as '2027-01-31', got '2026-13-01'",
    ],
    ['a duration that is none', { longestSession: 3600 }, 'longestSession must be a Duration that is known at synth'],
    [
      'a duration that is not known',
      { longestElevation: Duration.days(Lazy.number({ produce: () => 1 })) },
      'known at synth',
    ],
    [
      'a bucket without prefix',
      { scratchPrefixes: ['arn:aws:s3:::bucket/*x'] },
      'scratchPrefixes must be ARNs of one bucket and prefix each',
    ],
    [
      'a role that is no ARN',
      role({ roleArn: 'claims' }),
      "attestedRoles[0].roleArn must be the ARN of one role, such as 'arn:aws:iam::111122223333:role/claims-agent', got 'claims'",
    ],
    ['a role with a wildcard', role({ roleArn: 'arn:aws:iam::111122223333:role/*' }), 'the ARN of one role'],
    ['a role nobody vouches for', role({ owner: '' }), 'attestedRoles[0].owner must say who vouches for it'],
    ['a role vouched for without end', role({ until: undefined }), 'attestedRoles[0].until must be a day'],
    ['an audit log nobody vouches for', { attestedAudit: { until: '2027-01-31' } }, 'attestedAudit.owner must say'],
  ])('%s is one clear error', (_, props, says) => {
    expect(() => new AgentRoleChecks(newApp(), props as AgentRoleChecksProps)).toThrow(says);
  });

  test('no scope, as with packs of cdk-nag, is one too', () => {
    const make = AgentRoleChecks as unknown as new (...args: unknown[]) => unknown;
    expect(() => new make()).toThrow(
      '«AgentChecksScope» AgentRoleChecks must be given the app or Stage that it is for, got nothing; use new AgentRoleChecks(app)',
    );
    expect(() => new make({ verbose: true })).toThrow('got an object');
  });

  test('nothing is wrong with right ones', () => {
    const props = {
      ...role({}),
      longestSession: Duration.hours(2),
      longestElevation: Duration.days(3),
      dataPerimeter: true,
      date: '2026-11-20',
      scratchPrefixes: ['arn:aws:s3:::bucket/scratch/*'],
      attestedAudit: { owner: 'audit', until: '2027-01-31' },
      ...relaxed('iam-write'),
      disabledRules: ['iam-write'],
    } as AgentRoleChecksProps;
    expect(run(props)).toHaveLength(all.length - 1);
  });
});
