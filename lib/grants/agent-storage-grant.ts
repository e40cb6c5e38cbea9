import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Need } from '../policy/reference/granted-actions';
import type { DeclaredStatement } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
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
    const access = checkedAccess(this, props.access);
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
  if (props.encryptionKey === undefined || needs.length === 0) {
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
  const { encryptionKey } = props.bucket as { encryptionKey?: unknown };
  return encryptionKey === undefined || props.encryptionKey !== undefined
    ? []
    : ['the bucket is encrypted with a KMS key of this app: without encryptionKey the agent can read no object'];
}

function checkedAccess(scope: AgentStorageGrant, access: readonly StorageAccess[] | undefined): StorageAccess[] {
  const wanted = [...new Set(access ?? [StorageAccess.READ])];
  const allowed: readonly string[] = Object.values(StorageAccess);
  const wrong = wanted.find((one) => !allowed.includes(one));
  if (wanted.length === 0 || wrong !== undefined) {
    throw new AgentError(
      'AgentStorageAccess',
      `access must be one or more of ${allowed.join(', ')}, got ${wrong ?? 'an empty list'}`,
      scope,
    );
  }
  return wanted;
}

function checkPrefix(scope: AgentStorageGrant, prefix: string): void {
  const problem = Token.isUnresolved(prefix)
    ? 'a value that is not known at synth, which could hold a wildcard'
    : typeof prefix !== 'string' || prefix === ''
      ? 'an empty prefix, which is the whole bucket'
      : /[*?]/.test(prefix)
        ? `'${prefix}' with a wildcard; everything below the prefix is meant anyway`
        : prefix.includes('${')
          ? `'${prefix}' with a policy variable`
          : prefix.startsWith('/')
            ? `'${prefix}'; keys do not begin with a slash, so use '${prefix.replace(/^\/+/, '')}'`
            : prefix.endsWith('/')
              ? undefined
              : `'${prefix}', which is also the beginning of '${prefix}-other/'; use '${prefix}/'`;
  if (problem !== undefined) {
    throw new AgentError(
      'AgentStoragePrefix',
      `prefix must be a folder of the bucket that ends in a slash, such as 'claims/', got ${problem}`,
      scope,
    );
  }
}
