import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Lazy, type Stack } from 'aws-cdk-lib/core';
import { AgentStorageGrant, type AgentStorageGrantProps, StorageAccess } from '../../lib/grants/agent-storage-grant';
import type { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { randomFrom } from '../policy/random';
import { ACCOUNT, OTHER_ACCOUNT, SynthesizedAgent } from './agent-fixture';
import { KEY_ARN } from './declared-grants';
import { refused, refuses } from './refusals';

const files = (more: Record<string, unknown> = {}, id = 'Files') =>
  function declare(agent: ScopedAgentRole, stack: Stack): void {
    const bucket = s3.Bucket.fromBucketName(stack, `${id}Bucket`, 'orders');
    new AgentStorageGrant(agent, id, { bucket, prefix: 'open/', ...more } as AgentStorageGrantProps);
  };

const key = (stack: Stack, arn: string) => kms.Key.fromKeyArn(stack, 'Key', arn);

describe('a storage grant', () => {
  refuses([
    [
      'an empty prefix',
      files({ prefix: '' }),
      'AgentStoragePrefix',
      [
        "prefix must be a folder of the bucket that ends in a slash, such as 'claims/', got an empty prefix, which is the whole bucket",
      ],
    ],
    ['no prefix', files({ prefix: undefined }), 'AgentStoragePrefix', ['got nothing']],
    ['a number as prefix', files({ prefix: 7 }), 'AgentStoragePrefix', ['got number 7']],
    ['a wildcard in the prefix', files({ prefix: 'open/*/' }), 'AgentStoragePrefix', ["got 'open/*/' with a wildcard"]],
    [
      'a wildcard for one letter in the prefix',
      files({ prefix: 'ope?/' }),
      'AgentStoragePrefix',
      ["got 'ope?/' with a wildcard"],
    ],
    [
      'a slash before the prefix',
      files({ prefix: '/open/' }),
      'AgentStoragePrefix',
      ["got '/open/'; keys do not begin with a slash, so use 'open/'"],
    ],
    ['a slash alone', files({ prefix: '/' }), 'AgentStoragePrefix', ["got '/'; keys do not begin with a slash (at"]],
    [
      'a prefix that siblings share',
      files({ prefix: 'open' }),
      'AgentStoragePrefix',
      ["got 'open', which is also the beginning of 'open-other/'; use 'open/'"],
    ],
    [
      'an unresolved prefix',
      files({ prefix: Lazy.string({ produce: () => 'open/' }) }),
      'AgentStoragePrefix',
      ['got a value that is not known at synth'],
    ],
    [
      'a prefix that ends unresolved',
      files({ prefix: `${Lazy.string({ produce: () => 'open' })}/` }),
      'AgentStoragePrefix',
      ['got a value that is not known at synth'],
    ],
    [
      'a policy variable in the prefix',
      files({ prefix: '${aws:username}/' }),
      'AgentStoragePrefix',
      ["got '${aws:username}/' with a policy variable"],
    ],
    [
      'a prefix longer than a key',
      files({ prefix: `${'ä'.repeat(512)}/` }),
      'AgentStoragePrefix',
      ['got 1025 bytes; the longest key in S3 has 1024'],
    ],
    [
      'no access',
      files({ access: [] }),
      'AgentStorageAccess',
      ['access must be a list of one or more of READ, WRITE, DELETE, got an empty list'],
    ],
    ['access that is not there', files({ access: ['ADMIN'] }), 'AgentStorageAccess', ["got 'ADMIN'"]],
    ['nothing as access', files({ access: [undefined] }), 'AgentStorageAccess', ['got nothing']],
    ['access that is no list', files({ access: 'READ' }), 'AgentStorageAccess', ["got 'READ'"]],
    [
      'writing without saying why',
      files({ access: [StorageAccess.WRITE] }),
      'AgentGrantPurpose',
      ["StorageAccess.WRITE is Write access: say in purpose why agent 'orders-agent' needs it"],
    ],
    [
      'deleting without saying why',
      files({ access: [StorageAccess.READ, StorageAccess.DELETE] }),
      'AgentGrantPurpose',
      ['StorageAccess.DELETE is Write access'],
    ],
    [
      'an empty purpose',
      files({ purpose: '  ' }),
      'AgentGrantPurpose',
      ['purpose must say why the agent needs this, got an empty text'],
    ],
    ['a number as purpose', files({ purpose: 7 }), 'AgentGrantPurpose', ['got number 7']],
    [
      'an unresolved purpose',
      files({ purpose: Lazy.string({ produce: () => 'why' }) }),
      'AgentGrantPurpose',
      ['got a value that is not known at synth'],
    ],
    [
      'no bucket',
      files({ bucket: undefined }),
      'AgentGrantReference',
      ['bucket must be a resource (a construct or an import that is an IBucketRef), got nothing'],
    ],
    ['the name of a bucket', files({ bucket: 'orders' }), 'AgentGrantReference', ["got 'orders'"]],
    [
      'another kind of resource as bucket',
      (agent, stack) => files({ bucket: key(stack, KEY_ARN) })(agent, stack),
      'AgentGrantReference',
      ['got an object without bucketRef'],
    ],
    [
      'a key that is no key',
      files({ encryptionKey: KEY_ARN }),
      'AgentGrantReference',
      ['encryptionKey must be a resource'],
    ],
    [
      'every key',
      (agent, stack) => files({ encryptionKey: key(stack, `arn:aws:kms:us-east-1:${ACCOUNT}:key/*`) })(agent, stack),
      'AgentGrantArn',
      [
        "encryptionKey must be one resource with an ARN such as arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}, got 'arn:aws:kms:us-east-1:111122223333:key/*' with a wildcard",
      ],
    ],
    [
      'an alias of a key',
      (agent, stack) => files({ encryptionKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/orders') })(agent, stack),
      'AgentGrantArn',
      ['alias/orders'],
    ],
    [
      'a switch that is a text',
      files({ versions: 'no' }),
      'AgentGrantSwitch',
      ["versions must be true or false, got 'no'"],
    ],
  ]);

  test('refuses the same folder twice under another id', () => {
    const message = refused(
      (agent, stack) => {
        files({}, 'First')(agent, stack);
        files({}, 'Second')(agent, stack);
      },
      'AgentGrantDuplicate',
      {},
      /Orders\/Agent/,
    );
    expect(message).toContain("grant 'Second' (AgentStorageGrant)");
    expect(message).toContain("grant 'First'");
  });

  test('of a bucket in another account says which policies are missing there', () => {
    const agent = SynthesizedAgent.with((own, stack) => {
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Far', { bucketName: 'orders', account: OTHER_ACCOUNT });
      new AgentStorageGrant(own, 'Files', { bucket, prefix: 'open/' });
    });
    const note =
      `the resource is in account ${OTHER_ACCOUNT}: the bucket policy, and the key policy of the bucket's KMS key, has to ` +
      "name the role of 'orders-agent' there";
    expect(agent.contractOf('Files').notes).toEqual([expect.stringContaining(note)]);
    expect(agent.notes).toContainEqual(expect.stringContaining(note));
  });

  test.each([
    ['of CDK', (stack: Stack) => new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS })],
    [
      'of CloudFormation',
      (stack: Stack) =>
        new s3.CfnBucket(stack, 'Bucket', {
          bucketEncryption: {
            serverSideEncryptionConfiguration: [
              { serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: KEY_ARN } },
            ],
          },
        }),
    ],
  ])('says when the key of a bucket %s is missing, and is silent when it is there', (_, make) => {
    const notes = (encryptionKey?: kms.IKey) =>
      SynthesizedAgent.with((agent, stack) => {
        new AgentStorageGrant(agent, 'Files', { bucket: make(stack), prefix: 'open/', encryptionKey });
      }).contractOf('Files').notes;
    expect(notes()).toEqual([
      'the bucket is encrypted with a KMS key of yours: without encryptionKey the agent can read and write no object',
    ]);
    const withKey = SynthesizedAgent.with((agent, stack) => {
      new AgentStorageGrant(agent, 'Files', {
        bucket: make(stack),
        prefix: 'open/',
        encryptionKey: key(stack, KEY_ARN),
      });
    });
    expect(withKey.contractOf('Files').notes).toEqual([]);
  });

  test('is silent about keys of a bucket that has none', () => {
    const agent = SynthesizedAgent.with((own, stack) => {
      new AgentStorageGrant(own, 'Files', { bucket: new s3.Bucket(stack, 'Bucket'), prefix: 'open/' });
    });
    expect(agent.contractOf('Files').notes).toEqual([]);
  });

  test('takes every key below its prefix, and none beside it', () => {
    const random = randomFrom('prefixes');
    const letters = "abAB019-_.!'/ äß€";
    for (let round = 0; round < 10; round += 1) {
      const name = `a${random.pick(letters, random.length(12))}`.replace(/\/+$/, '');
      const prefix = `${name}/`;
      const agent = SynthesizedAgent.with(files({ prefix }));
      const reads = (object: string) =>
        agent.allows('s3:GetObject', `arn:aws:s3:::orders/${object}`, { 's3:ResourceAccount': ACCOUNT });
      const lists = (listed: string) =>
        agent.allows('s3:ListBucket', 'arn:aws:s3:::orders', { 's3:prefix': listed, 's3:ResourceAccount': ACCOUNT });
      for (let below = 0; below < 5; below += 1) {
        const object = random.pick(letters, 1 + random.length(20));
        expect([prefix, object, reads(prefix + object), lists(prefix + object)]).toEqual([prefix, object, true, true]);
        const beside = [
          `${name}-${object}`,
          `${name}0/${object}`,
          `x${prefix}${object}`,
          name,
          object.replace(/^a/, 'b'),
        ];
        expect([prefix, beside.filter((sibling) => reads(sibling) || lists(sibling))]).toEqual([prefix, []]);
      }
    }
  });
});
