import { type App, Aspects, type IAspect, Stage, Validations } from 'aws-cdk-lib/core';
import { AgentHumanInheritanceChecks, AgentRoleChecks } from 'cdk-least-agency';
import type { Rule } from '../../../lib/checks/rule';
import {
  agentThatMay,
  agentWith,
  json,
  newApp,
  newStack,
  PLAIN_RULES,
  PlainChecks,
  roleOf,
  shown,
  synthesized,
  TODAY,
} from './checked-app';

const POLICY = 'Claims/Role/DefaultPolicy/Resource';

describe('a finding', () => {
  test('that is an error fails synth and says what, why, an example, the fix and the id', () => {
    const app = agentThatMay(['kms:Decrypt']);
    Validations.of(app).addPlugins(new PlainChecks(app));
    const { error, reports } = synthesized(app);
    expect(shown(reports.flatMap(({ violations }) => violations))).toEqual([`error KmsBroad @ ${POLICY}`]);
    expect(error).toContain(
      [
        'ERROR Claims/Role/Resource may kms:Decrypt.',
        '   Why it matters: Why kms-broad matters.',
        '   It allows, for example: kms:Decrypt on * (LeastAgency)',
        `   ${POLICY}`,
      ].join('\n'),
    );
    expect(error).toContain('Suggested fix: Mend kms-broad.');
    expect(error).toMatch(/Acknowledge with 'LeastAgency::LeastAgency-KmsBroad-[0-9a-f]{8}'/);
  });

  test('that is a warning is reported and does not fail synth', () => {
    const app = agentThatMay(['ses:SendEmail']);
    Validations.of(app).addPlugins(new PlainChecks(app));
    const { error, reports } = synthesized(app);
    expect(error).toBe('');
    expect(reports.map(({ conclusion }) => conclusion)).toEqual(['success']);
    expect(shown(reports.flatMap(({ violations }) => violations))).toEqual([`warning Untagged @ ${POLICY}`]);
  });

  test('that is a note is in the record alone', () => {
    const app = agentThatMay(['s3:GetObject']);
    Validations.of(app).addPlugins(new PlainChecks(app));
    const { error, reports } = synthesized(app);
    expect([error, reports]).toEqual(['', []]);
    expect(json(app, 'least-agency-checks.json')).toMatchObject({
      runs: [{ findings: { fatal: 0, error: 0, warning: 0, info: 1 }, infos: [{ rule: 'model-entitlement' }] }],
    });
  });

  test('is one for each cause and resource', () => {
    const stack = newStack();
    for (const id of ['One', 'Two']) {
      agentWith(stack, roleOf(stack, ['kms:Decrypt'], `${id}Role`).roleArn, id);
    }
    expect(shown(new PlainChecks(stack).validateScope(stack).violations)).toEqual([
      'error KmsBroad @ Claims/OneRole/DefaultPolicy/Resource',
      'error KmsBroad @ Claims/TwoRole/DefaultPolicy/Resource',
    ]);
  });

  test('says more when verbose', () => {
    const stack = newStack();
    agentThatMay(['kms:Decrypt'], stack);
    const [violation] = new PlainChecks(stack, { verbose: true }).validateScope(stack).violations;
    expect(violation?.description).toContain('docs/rules/kms-broad.md');
    expect(violation?.description).toContain('NIST CSF 2.0');
  });
});

describe('the record of a run', () => {
  const record = (app: App) => json(app, 'least-agency-checks.json');

  test('is left by a clean run, and says what ran over what', () => {
    const app = agentThatMay(['kms:DescribeKey']);
    const relaxedRules = [{ rule: 'iam-write', reason: 'the sandbox account has no users' }];
    const disabledRules = ['untagged', 'iam-write'];
    Validations.of(app).addPlugins(new PlainChecks(app, { relaxedRules, disabledRules, warningRules: ['kms-broad'] }));
    const { error, reports } = synthesized(app);
    expect([error, reports]).toEqual(['', []]);
    expect(record(app)).toEqual({
      version: 1,
      runs: [
        {
          pack: 'PlainChecks',
          packVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
          date: TODAY,
          serviceReference: { version: expect.any(String), date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
          rules: 2,
          switchedOff: ['iam-write', 'untagged'],
          onlyWarnings: ['kms-broad'],
          relaxed: relaxedRules,
          agents: 1,
          agentRoles: ['Claims/Role/Resource'],
          findings: { fatal: 0, error: 0, warning: 0, info: 0 },
          infos: [],
        },
      ],
    });
  });

  test('has a run for each pack', () => {
    const app = agentThatMay(['kms:DescribeKey']);
    Validations.of(app).addPlugins(new PlainChecks(app), new AgentHumanInheritanceChecks(app));
    synthesized(app);
    expect(record(app)).toMatchObject({ runs: [{ pack: 'PlainChecks' }, { pack: 'AgentHumanInheritanceChecks' }] });
  });

  test('is new in every synthesis, into the same directory too', () => {
    const app = agentThatMay(['kms:DescribeKey']);
    Validations.of(app).addPlugins(new PlainChecks(app));
    synthesized(app);
    agentThatMay(['kms:DescribeKey'], newStack(app, 'More'));
    expect(synthesized(app).error).toBe('');
    expect(record(app)).toMatchObject({ runs: [{ agents: 2 }] });
    const again = newApp({}, app.outdir);
    agentThatMay(['s3:GetObject'], newStack(again));
    Validations.of(again).addPlugins(new PlainChecks(again));
    expect(synthesized(again).error).toBe('');
    expect(record(again)).toMatchObject({ runs: [{ agents: 1, findings: { info: 1 } }] });
  });

  test('stands in the report of CDK too, where there is one', () => {
    const app = agentThatMay(['kms:Decrypt']);
    Validations.of(app).addPlugins(new PlainChecks(app));
    expect(synthesized(app).reports[0]?.metadata).toMatchObject({ rules: '4', agents: '1', date: TODAY });
  });
});

describe('a rule that throws', () => {
  const broken: Rule = {
    ...(PLAIN_RULES[2] as Rule),
    // biome-ignore lint/correctness/useYield: it throws before
    *check() {
      throw new Error('unexpected');
    },
  };

  test('fails synth, says so, and hides no other rule', () => {
    const app = agentThatMay(['kms:Decrypt']);
    Validations.of(app).addPlugins(new PlainChecks(app, {}, [broken, ...PLAIN_RULES]));
    const { error } = synthesized(app);
    expect(error).toContain('FATAL The rule untagged failed');
    expect(error).toContain('because unexpected');
    expect(error).toContain('may kms:Decrypt');
  });

  test('cannot be acknowledged', () => {
    const app = agentThatMay(['kms:DescribeKey']);
    Validations.of(app).acknowledge({ id: 'LeastAgency::LeastAgency-Untagged-failed', reason: 'quiet' });
    Validations.of(app).addPlugins(new PlainChecks(app, {}, [broken]));
    expect(synthesized(app).error).toContain('FATAL The rule untagged failed');
  });
});

describe('packs together', () => {
  test('report a finding once, by the pack that takes it more gravely', () => {
    const app = agentThatMay(['kms:Decrypt']);
    Validations.of(app).addPlugins(
      new PlainChecks(app, { warningRules: ['kms-broad'] }),
      new PlainChecks(app),
      new PlainChecks(app),
    );
    const { error, reports } = synthesized(app);
    expect(reports.map(({ violations }) => shown(violations))).toEqual([
      [`warning KmsBroad @ ${POLICY}`],
      [`error KmsBroad @ ${POLICY}`],
    ]);
    expect(error).toContain('ERROR');
  });

  test('one registered twice reports once', () => {
    const app = agentThatMay(['kms:Decrypt']);
    const pack = new PlainChecks(app);
    Validations.of(app).addPlugins(pack, pack);
    expect(synthesized(app).error.match(/may kms:Decrypt/g)).toHaveLength(1);
  });

  test('report again in the next synthesis', () => {
    const app = agentThatMay(['kms:Decrypt']);
    Validations.of(app).addPlugins(new PlainChecks(app), new PlainChecks(app));
    expect(synthesized(app).error.match(/may kms:Decrypt/g)).toHaveLength(1);
    agentWith(
      app.node.findChild('Claims') as never,
      roleOf(app.node.findChild('Claims') as never, ['kms:Decrypt'], 'Second').roleArn,
      'More',
    );
    expect(synthesized(app).error.match(/may kms:Decrypt/g)).toHaveLength(2);
  });
});

describe('where a pack is registered', () => {
  test('on a Stage it reports what is in the Stage, and knows the rest', () => {
    const app = newApp();
    const prod = new Stage(app, 'Prod');
    agentThatMay(['kms:Decrypt'], newStack(prod));
    agentThatMay(['kms:Decrypt'], newStack(app));
    Validations.of(prod).addPlugins(new PlainChecks(prod));
    const { reports } = synthesized(app);
    expect(shown(reports.flatMap(({ violations }) => violations))).toEqual([
      'error KmsBroad @ Prod/Claims/Role/DefaultPolicy/Resource',
    ]);
  });

  test('on the app it reports Stages too', () => {
    const app = newApp();
    agentThatMay(['kms:Decrypt'], newStack(new Stage(app, 'Prod')));
    Validations.of(app).addPlugins(new PlainChecks(app));
    const { reports } = synthesized(app);
    expect(shown(reports.flatMap(({ violations }) => violations))).toEqual([
      'error KmsBroad @ Prod/Claims/Role/DefaultPolicy/Resource',
    ]);
  });

  test('as an Aspect, as with cdk-nag 2, it says what to write instead', () => {
    const app = agentThatMay(['kms:Decrypt']);
    Aspects.of(app).add(new AgentRoleChecks(app) as unknown as IAspect);
    expect(() => app.synth()).toThrow(
      'AgentRoleChecks is a validation plugin, not an Aspect; use Validations.of(app).addPlugins(new AgentRoleChecks(app))',
    );
  });
});
