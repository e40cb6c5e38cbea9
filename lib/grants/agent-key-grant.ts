import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { Stack, Token } from 'aws-cdk-lib/core';
import { actionsOf, type Need } from '../policy/reference/granted-actions';
import type { Conditions } from '../roles/declared-statement';
import type { ScopedAgentRole } from '../roles/scoped-agent-role';
import { AgentError } from '../synth/agent-error';
import { AgentGrant, type AgentGrantProps } from './agent-grant';
import { checkReference } from './checked-reference';
import { chosen } from './chosen';
import { exactArn, kindOf } from './exact-arn';
import { missingOnOtherSide, otherAccount } from './other-account';
import { isServiceName, viaService } from './via-service';

/** What an agent may use a key for. */
export enum KeyUse {
  /** Decrypt what was encrypted with the key. The only use that needs no `purpose`. */
  DECRYPT = 'DECRYPT',
  /** Encrypt up to 4 KB with the key. */
  ENCRYPT = 'ENCRYPT',
  /** Make data keys, for encrypting more than 4 KB. */
  GENERATE_DATA_KEY = 'GENERATE_DATA_KEY',
  /** Sign with an asymmetric key. */
  SIGN = 'SIGN',
  /** Check signatures with an asymmetric key. */
  VERIFY = 'VERIFY',
  /** Make message authentication codes with an HMAC key. */
  GENERATE_MAC = 'GENERATE_MAC',
  /** Check message authentication codes with an HMAC key. */
  VERIFY_MAC = 'VERIFY_MAC',
}

/** Which key an agent uses, and for what. */
export interface AgentKeyGrantProps extends AgentGrantProps {
  /** The key. */
  readonly key: IKeyRef;

  /**
   * What the agent may use the key for. Anything but decrypting needs a `purpose`.
   *
   * @default [KeyUse.DECRYPT]
   */
  readonly uses?: KeyUse[];

  /**
   * The service that calls KMS for the agent, such as `secretsmanager` or `dynamodb`: the key can then be used through
   * that service alone, in the region of the key.
   *
   * @default - none; then `encryptionContext` or `unconditionalReason` has to be given
   */
  readonly viaService?: string;

  /**
   * The encryption context that every call has to carry. Signatures and authentication codes carry none.
   *
   * @default - none; then `viaService` or `unconditionalReason` has to be given
   */
  readonly encryptionContext?: { [key: string]: string };

  /**
   * Why the agent has to use the key directly and without any encryption context.
   *
   * @default - none; the use is limited by `viaService` or `encryptionContext`
   */
  readonly unconditionalReason?: string;
}

const NEEDS: Readonly<Record<KeyUse, Need>> = {
  [KeyUse.DECRYPT]: 'key.decrypt',
  [KeyUse.ENCRYPT]: 'key.encrypt',
  [KeyUse.GENERATE_DATA_KEY]: 'key.generate-data-key',
  [KeyUse.SIGN]: 'key.sign',
  [KeyUse.VERIFY]: 'key.verify',
  [KeyUse.GENERATE_MAC]: 'key.generate-mac',
  [KeyUse.VERIFY_MAC]: 'key.verify-mac',
};

const WITHOUT_CONTEXT: readonly KeyUse[] = [KeyUse.SIGN, KeyUse.VERIFY, KeyUse.GENERATE_MAC, KeyUse.VERIFY_MAC];

/** Lets an agent use one key, through one service or for one encryption context. For objects in S3: AgentStorageGrant. */
export class AgentKeyGrant extends AgentGrant {
  public constructor(agent: ScopedAgentRole, id: string, props: AgentKeyGrantProps) {
    super(agent, id, props);
    checkReference(this, 'key', props.key, 'keyRef');
    const uses = chosen(this, 'uses', props.uses, Object.values(KeyUse), KeyUse.DECRYPT, 'AgentKeyUse');
    const needs = uses.map((use) => NEEDS[use]);
    for (const use of uses.filter((one) => one !== KeyUse.DECRYPT)) {
      this._needPurpose(
        actionsOf(NEEDS[use]).map(({ level }) => level),
        `KeyUse.${use}`,
      );
    }
    this._declare('AgentKeyGrant', {
      statements: [
        {
          name: '',
          needs,
          resources: [exactArn(this, 'key', props.key.keyRef.keyArn, 'key.decrypt')],
          conditions: limits(this, props, uses),
        },
      ],
      notes: this._notes([
        ...missingOnOtherSide(otherAccount(props.key, agent), 'the key policy', agent),
        ...(props.unconditionalReason === undefined
          ? []
          : [`the key may be used directly, without encryption context: ${props.unconditionalReason}`]),
      ]),
    });
  }
}

function limits(scope: AgentKeyGrant, props: AgentKeyGrantProps, uses: readonly KeyUse[]): Conditions {
  const context = encryptionContext(scope, props.encryptionContext);
  const limited = props.viaService !== undefined || context.length > 0;
  if (!limited && (typeof props.unconditionalReason !== 'string' || props.unconditionalReason.trim() === '')) {
    throw new AgentError(
      'AgentKeyUnlimited',
      "a key is given through a service (viaService: 'secretsmanager'), or for an encryption context " +
        "(encryptionContext: { tenant: 'a' }); to give it without either, say why in unconditionalReason",
      scope,
    );
  }
  if (limited && props.unconditionalReason !== undefined) {
    throw new AgentError(
      'AgentKeyUnlimited',
      'unconditionalReason is for a key that is given without viaService and encryptionContext, and this one has ' +
        `${props.viaService === undefined ? 'encryptionContext' : 'viaService'}; leave it out`,
      scope,
    );
  }
  if (props.viaService !== undefined && !isServiceName(props.viaService)) {
    throw new AgentError(
      'AgentKeyService',
      `viaService must be the name of a service alone, such as 'secretsmanager', got ${kindOf(props.viaService)}`,
      scope,
    );
  }
  const without = uses.find((use) => WITHOUT_CONTEXT.includes(use));
  if (context.length > 0 && without !== undefined) {
    throw new AgentError(
      'AgentKeyContext',
      `KeyUse.${without} carries no encryption context, so the condition could never be met; leave it out, or use ` +
        'another grant for it',
      scope,
    );
  }
  const equal = {
    ...(props.viaService === undefined
      ? {}
      : { 'kms:ViaService': viaService(props.viaService, props.key.env.region, Stack.of(props.key)) }),
    ...Object.fromEntries(context.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
  };
  return { StringEquals: equal };
}

/** The pairs of an encryption context. A value that is left out would leave the condition out. */
function encryptionContext(scope: AgentKeyGrant, context: unknown): [key: string, value: string][] {
  if (context === undefined || context === null) {
    return [];
  }
  if (typeof context !== 'object' || Array.isArray(context) || Token.isUnresolved(context)) {
    throw new AgentError(
      'AgentKeyContext',
      `encryptionContext must be a map of exact keys and values, such as { tenant: 'a' }, got ${kindOf(context)}`,
      scope,
    );
  }
  return Object.entries(context).map(([key, value]: [string, unknown]) => {
    const known = Token.isUnresolved(value) ? '' : value;
    if (Token.isUnresolved(key) || key === '' || typeof known !== 'string' || /[*?]/.test(key + known)) {
      throw new AgentError(
        'AgentKeyContext',
        `encryptionContext must name exact keys and values, got '${key}': ${kindOf(value)}`,
        scope,
      );
    }
    return [key, value as string];
  });
}
