import * as kms from 'aws-cdk-lib/aws-kms';
import { Aws, type Stack } from 'aws-cdk-lib/core';
import { AgentKeyGrant, type AgentKeyGrantProps, KeyUse } from '../../lib/grants/agent-key-grant';
import type { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { ACCOUNT, OTHER_ACCOUNT, SynthesizedAgent } from './agent-fixture';
import { KEY_ARN } from './declared-grants';
import { refused, refuses } from './refusals';

const key = (more: Record<string, unknown>, arn = KEY_ARN, id = 'Key') =>
  function declare(agent: ScopedAgentRole, stack: Stack): void {
    const imported = kms.Key.fromKeyArn(stack, `Imported${id}`, arn);
    new AgentKeyGrant(agent, id, { key: imported, ...more } as AgentKeyGrantProps);
  };

const VIA = { viaService: 'secretsmanager' };

describe('a key grant', () => {
  refuses([
    ['a key without a limit', key({}), 'AgentKeyUnlimited', ["(viaService: 'secretsmanager')", 'unconditionalReason']],
    [
      'a key with an empty encryption context',
      key({ encryptionContext: {} }),
      'AgentKeyUnlimited',
      ['unconditionalReason'],
    ],
    ['a key without a limit for an empty reason', key({ unconditionalReason: ' ' }), 'AgentKeyUnlimited', ['say why']],
    ['a key without a limit for a number', key({ unconditionalReason: 7 }), 'AgentKeyUnlimited', ['say why']],
    [
      'a reason for no limit beside a service',
      key({ ...VIA, unconditionalReason: 'why' }),
      'AgentKeyUnlimited',
      ['this one has viaService; leave it out'],
    ],
    [
      'a reason for no limit beside a context',
      key({ encryptionContext: { a: 'b' }, unconditionalReason: 'why' }),
      'AgentKeyUnlimited',
      ['this one has encryptionContext; leave it out'],
    ],
    [
      'the whole name of a service',
      key({ viaService: 'secretsmanager.us-east-1.amazonaws.com' }),
      'AgentKeyService',
      [
        "viaService must be the name of a service alone, such as 'secretsmanager', got 'secretsmanager.us-east-1.amazonaws.com'",
      ],
    ],
    ['any service', key({ viaService: '*' }), 'AgentKeyService', ["got '*'"]],
    ['an empty service', key({ viaService: '' }), 'AgentKeyService', ["got ''"]],
    ['a number as service', key({ viaService: 7 }), 'AgentKeyService', ['got number 7']],
    [
      'an unresolved service',
      key({ viaService: Aws.STACK_NAME }),
      'AgentKeyService',
      ['got a value that is not known at synth'],
    ],
    [
      'a wildcard in the context',
      key({ encryptionContext: { tenant: 'a*' } }),
      'AgentKeyContext',
      ["encryptionContext must name exact keys and values, got 'tenant': 'a*'"],
    ],
    [
      'a wildcard in a key of the context',
      key({ encryptionContext: { 'ten*': 'a' } }),
      'AgentKeyContext',
      ["got 'ten*': 'a'"],
    ],
    ['an empty key of the context', key({ encryptionContext: { '': 'a' } }), 'AgentKeyContext', ["got '': 'a'"]],
    [
      'a context whose value is missing',
      key({ encryptionContext: { tenant: undefined } }),
      'AgentKeyContext',
      ["got 'tenant': nothing"],
    ],
    [
      'a context whose value is missing, beside a service',
      key({ ...VIA, encryptionContext: { tenant: undefined } }),
      'AgentKeyContext',
      ["got 'tenant': nothing"],
    ],
    [
      'a context whose value is a number',
      key({ encryptionContext: { tenant: 7 } }),
      'AgentKeyContext',
      ["got 'tenant': number 7"],
    ],
    ['a context that is a text', key({ encryptionContext: 'tenant' }), 'AgentKeyContext', ["got 'tenant'"]],
    ['a context that is a list', key({ encryptionContext: ['tenant'] }), 'AgentKeyContext', ['got a list']],
    [
      'a context for a signature',
      key({ uses: [KeyUse.SIGN], encryptionContext: { a: 'b' }, purpose: 'signs' }),
      'AgentKeyContext',
      ['KeyUse.SIGN carries no encryption context'],
    ],
    [
      'a context for an authentication code',
      key({ uses: [KeyUse.DECRYPT, KeyUse.VERIFY_MAC], encryptionContext: { a: 'b' }, purpose: 'checks' }),
      'AgentKeyContext',
      ['KeyUse.VERIFY_MAC'],
    ],
    [
      'no use',
      key({ ...VIA, uses: [] }),
      'AgentKeyUse',
      [
        'uses must be a list of one or more of DECRYPT, ENCRYPT, GENERATE_DATA_KEY, SIGN, VERIFY, GENERATE_MAC, VERIFY_MAC, got an empty list',
      ],
    ],
    ['a use that is not there', key({ ...VIA, uses: ['ADMIN'] }), 'AgentKeyUse', ["got 'ADMIN'"]],
    ['nothing as a use', key({ ...VIA, uses: [undefined] }), 'AgentKeyUse', ['got nothing']],
    ['a use of every object', key({ ...VIA, uses: ['constructor'] }), 'AgentKeyUse', ["got 'constructor'"]],
    ['uses that are no list', key({ ...VIA, uses: 'SIGN' }), 'AgentKeyUse', ["got 'SIGN'"]],
    [
      'every key',
      key(VIA, `arn:aws:kms:us-east-1:${ACCOUNT}:key/*`),
      'AgentGrantArn',
      ['key must be one resource', 'with a wildcard'],
    ],
    [
      'no key',
      key({ ...VIA, key: undefined }),
      'AgentGrantReference',
      ['key must be a resource (a construct or an import that is an IKeyRef), got nothing'],
    ],
    [
      'an alias',
      (agent, stack) => key({ ...VIA, key: kms.Alias.fromAliasName(stack, 'Alias', 'alias/orders') })(agent, stack),
      'AgentGrantArn',
      ['alias/orders'],
    ],
  ]);

  test.each(Object.values(KeyUse).filter((use) => use !== KeyUse.DECRYPT))('refuses %s without saying why', (use) => {
    const message = refused(key({ viaService: 's3', uses: [use] }), 'AgentGrantPurpose');
    expect(message).toContain(`KeyUse.${use} is Write access: say in purpose`);
  });

  test('refuses the same use twice under another id', () => {
    const message = refused(
      (agent, stack) => {
        key(VIA, KEY_ARN, 'First')(agent, stack);
        key({ ...VIA, encryptionContext: { tenant: 'a' } }, KEY_ARN, 'Second')(agent, stack);
      },
      'AgentGrantDuplicate',
      {},
      /Orders\/Agent/,
    );
    expect(message).toContain("grant 'Second' (AgentKeyGrant)");
  });

  test('says in its contract why it has no limit', () => {
    expect(SynthesizedAgent.with(key({ unconditionalReason: 'no context' })).contractOf('Key').notes).toEqual([
      'the key may be used directly, without encryption context: no context',
    ]);
  });

  test('in another account says that the key policy is missing', () => {
    expect(SynthesizedAgent.with(key(VIA, KEY_ARN.replace(ACCOUNT, OTHER_ACCOUNT))).contractOf('Key').notes).toEqual([
      `the resource is in account ${OTHER_ACCOUNT}: the key policy has to name the role of 'orders-agent' there; this ` +
        'library can only give the half that stands on the role',
    ]);
  });

  test('goes through the service in the region of the key', () => {
    const far = KEY_ARN.replace('us-east-1', 'eu-west-1');
    const agent = SynthesizedAgent.with(key(VIA, far));
    const via = (region: string) => ({ 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` });
    expect(agent.allows('kms:Decrypt', far, via('eu-west-1'))).toBe(true);
    expect(agent.allows('kms:Decrypt', far, via('us-east-1'))).toBe(false);
  });

  test('leaves the suffix of the service to the deployment where the region is not known', () => {
    const agent = SynthesizedAgent.with(
      (own, stack) => void new AgentKeyGrant(own, 'Key', { key: new kms.Key(stack, 'Key'), ...VIA }),
      { env: undefined },
    );
    expect(JSON.stringify(agent.policies.identity)).toContain(
      JSON.stringify({
        'kms:ViaService': {
          'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]],
        },
      }),
    );
  });

  test('takes a policy variable as the value of a context', () => {
    const agent = SynthesizedAgent.with(key({ encryptionContext: { tenant: '${aws:PrincipalTag/Tenant}' } }));
    const by = (tenant: string, tag: string) =>
      agent.allows('kms:Decrypt', KEY_ARN, { 'kms:EncryptionContext:tenant': tenant, 'aws:PrincipalTag/Tenant': tag });
    expect([by('a', 'a'), by('a', 'b')]).toEqual([true, false]);
  });
});
