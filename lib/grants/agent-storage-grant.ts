import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, type IBucketRef } from 'aws-cdk-lib/aws-s3';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Need } from '../policy/reference/granted-actions';
import type { DeclaredStatement } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
import { checkReference, checkSwitches } from './checked-reference';
import { chosen } from './chosen';
import { exactArn, kindOf } from './exact-arn';
import { missingOnOtherSide, otherAccount } from './other-account';
import { viaService } from './via-service';

/** What an agent may do with the objects below a prefix. */
export enum StorageAccess {
  /** Read objects and list keys. */
  READ = 'READ',
  /** Write objects, in one piece or in parts. Does not read what is there. */
  WRITE = 'WRITE',
  /** Delete objects. In a versioned bucket this only hides them. */
  DELETE = 'DELETE',
}

/** In bytes. */
const LONGEST_KEY = 1024;

/** Which objects an agent uses, and how. */
export interface AgentStorageGrantProps extends AgentGrantProps {
  /** The bucket. */
  readonly bucket: IBucketRef;

  /** The prefix of the keys, ending in `/`, such as `claims/`. No wildcards: everything below it is meant. */
  readonly prefix: string;

  /**
   * What the agent may do. Anything but reading needs a `purpose`.
   *
   * @default [StorageAccess.READ]
   */
  readonly access?: StorageAccess[];

  /**
   * Whether the agent may read (and list, and delete) old versions of objects.
   *
   * @default false
   */
  readonly versions?: boolean;

  /**
   * The KMS key that the objects are encrypted with. It is given for use through S3 alone, for this bucket alone.
   *
   * @default - none: the objects are encrypted with keys that S3 manages
   */
  readonly encryptionKey?: IKeyRef;
}

/** Lets an agent use the objects below one prefix of one bucket. Listing is limited to the prefix too. */
export class AgentStorageGrant extends AgentGrant {
  public constructor(agent: ScopedAgentRole, id: string, props: AgentStorageGrantProps) {
    super(agent, id, props);
    checkReference(this, 'bucket', props.bucket, 'bucketRef');
    exactArn(this, 'bucket', props.bucket.bucketRef.bucketArn, 'storage.list', ['bucket']);
    if (props.encryptionKey !== undefined && props.encryptionKey !== null) {
      checkReference(this, 'encryptionKey', props.encryptionKey, 'keyRef');
      exactArn(this, 'encryptionKey', props.encryptionKey.keyRef.keyArn, 'storage.decrypt');
    }
    checkSwitches(this, props, 'versions');
    const access = chosen(
      this,
      'access',
      props.access,
      Object.values(StorageAccess),
      StorageAccess.READ,
      'AgentStorageAccess',
    );
    checkPrefix(this, props.prefix);
    for (const wanted of access.filter((one) => one !== StorageAccess.READ)) {
      this._needPurpose(['Write'], `StorageAccess.${wanted}`);
    }
    const account = otherAccount(props.bucket, agent);
    this._declare('AgentStorageGrant', {
      statements: [...objects(props, access), ...key(props, access)],
      notes: this._notes([
        ...missingOnOtherSide(account, "the bucket policy, and the key policy of the bucket's KMS key,", agent),
        ...missingKey(props),
      ]),
    });
  }
}

function objects(props: AgentStorageGrantProps, access: readonly StorageAccess[]): DeclaredStatement[] {
  const { bucketArn } = props.bucket.bucketRef;
  const owned = { 's3:ResourceAccount': props.bucket.env.account };
  const below = `${bucketArn}/${props.prefix}*`;
  const statements: DeclaredStatement[] = [];
  const add = (name: string, needs: Need[]) =>
    statements.push({
      name,
      needs,
      resources: [below],
      conditions: { StringEquals: owned },
      wildcard: 'the objects of a prefix have no common name but the prefix',
    });
  if (access.includes(StorageAccess.READ)) {
    add('Read', props.versions ? ['storage.read', 'storage.read-version'] : ['storage.read']);
    statements.push({
      name: 'List',
      needs: props.versions ? ['storage.list', 'storage.list-versions'] : ['storage.list'],
      resources: [bucketArn],
      conditions: { StringEquals: owned, StringLike: { 's3:prefix': [props.prefix, `${props.prefix}*`] } },
    });
  }
  if (access.includes(StorageAccess.WRITE)) {
    add('Write', ['storage.write']);
  }
  if (access.includes(StorageAccess.DELETE)) {
    add('Delete', props.versions ? ['storage.delete', 'storage.delete-version'] : ['storage.delete']);
  }
  return statements;
}

/**
 * The key, for use through S3 and for objects of this bucket.
 *
 * S3 names the bucket in the encryption context where bucket keys are on, and the object where they are off.
 */
function key(props: AgentStorageGrantProps, access: readonly StorageAccess[]): DeclaredStatement[] {
  const needs: Need[] = [];
  if (access.includes(StorageAccess.READ) || access.includes(StorageAccess.WRITE)) {
    needs.push('storage.decrypt');
  }
  if (access.includes(StorageAccess.WRITE)) {
    needs.push('storage.encrypt');
  }
  if (!props.encryptionKey || needs.length === 0) {
    return [];
  }
  const { bucketArn } = props.bucket.bucketRef;
  const stack = Stack.of(props.bucket);
  return [
    {
      name: 'Key',
      needs,
      resources: [props.encryptionKey.keyRef.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': viaService('s3', props.bucket.env.region, stack) },
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/${props.prefix}*`] },
      },
    },
  ];
}

function missingKey(props: AgentStorageGrantProps): string[] {
  return props.encryptionKey || !usesOwnKey(props.bucket)
    ? []
    : ['the bucket is encrypted with a KMS key of yours: without encryptionKey the agent can read and write no object'];
}

/** Whether a bucket is known to be encrypted with a key that is not managed by S3. */
function usesOwnKey(bucket: IBucketRef): boolean {
  const resource = [bucket, bucket.node.defaultChild].find((one) => CfnBucket.isCfnBucket(one));
  const encryption =
    resource === undefined ? undefined : Stack.of(bucket).resolve((resource as CfnBucket).bucketEncryption);
  const written = JSON.stringify(encryption ?? {});
  return (bucket as { encryptionKey?: unknown }).encryptionKey !== undefined || written.includes('"kmsMasterKeyId"');
}

function checkPrefix(scope: AgentStorageGrant, prefix: unknown): void {
  const problem = prefixProblem(prefix);
  if (problem !== undefined) {
    throw new AgentError(
      'AgentStoragePrefix',
      `prefix must be a folder of the bucket that ends in a slash, such as 'claims/', got ${problem}`,
      scope,
    );
  }
}

function prefixProblem(prefix: unknown): string | undefined {
  if (Token.isUnresolved(prefix)) {
    return 'a value that is not known at synth, which could hold a wildcard';
  }
  if (typeof prefix !== 'string') {
    return kindOf(prefix);
  }
  if (prefix === '') {
    return 'an empty prefix, which is the whole bucket';
  }
  if (/[*?]/.test(prefix)) {
    return `'${prefix}' with a wildcard; everything below the prefix is meant anyway`;
  }
  if (prefix.includes('${')) {
    return `'${prefix}' with a policy variable`;
  }
  if (prefix.startsWith('/')) {
    const folder = prefix.replace(/^\/+/, '');
    return `'${prefix}'; keys do not begin with a slash${folder === '' ? '' : `, so use '${folder}'`}`;
  }
  if (!prefix.endsWith('/')) {
    return `'${prefix}', which is also the beginning of '${prefix}-other/'; use '${prefix}/'`;
  }
  return Buffer.byteLength(prefix) > LONGEST_KEY
    ? `${Buffer.byteLength(prefix)} bytes; the longest key in S3 has ${LONGEST_KEY}`
    : undefined;
}
