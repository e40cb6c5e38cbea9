import { CfnGuardrail, type CfnGuardrailVersion, type IGuardrailRef } from 'aws-cdk-lib/aws-bedrock';
import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { closestName } from '../policy/document/closest-name';
import { GUARDRAIL_PROFILES, GUARDRAIL_PROFILES_SOURCE } from '../policy/reference/guardrail-profiles';
import { AgentError } from '../synth/agent-error';
import { partitionOf } from '../synth/pseudo-parameters';
import type { AgentGrant } from './agent-grant';
import { exactArn, kindOf } from './exact-arn';
import { missingOnOtherSide, otherAccountIn } from './other-account';

/** What else is to be known about a guardrail. */
export interface AgentGuardrailOptions {
  /**
   * The guardrail profile of a guardrail that runs across regions (Standard tier), such as `us.guardrail.v1:0`.
   *
   * @default - the guardrail runs in its own region
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region-support.html
   */
  readonly guardrailProfile?: string;
}

/** What applying a guardrail takes. */
export interface GuardrailAccess {
  /** The ARNs that `bedrock:ApplyGuardrail` has to be given on. */
  readonly resources: readonly string[];
  /** What could not be known, or has to be done elsewhere. */
  readonly notes: readonly string[];
}

/** One version of one guardrail, which an agent's model calls have to name. It is checked where it is granted. */
export class AgentGuardrail {
  /** The version of a guardrail that is still being worked on. */
  public static readonly DRAFT: string = 'DRAFT';

  /** A guardrail of this app, with the number of a published version or `AgentGuardrail.DRAFT`. */
  public static fromGuardrail(
    guardrail: IGuardrailRef,
    version: string,
    options: AgentGuardrailOptions = {},
  ): AgentGuardrail {
    if (typeof guardrail?.guardrailRef?.guardrailArn !== 'string') {
      throw invalid(`guardrail must be a guardrail of the app, got ${kindOf(guardrail)}`);
    }
    needProfile(guardrail, options);
    return new AgentGuardrail(guardrail.guardrailRef.guardrailArn, version, options.guardrailProfile);
  }

  /** A published version of a guardrail of this app. */
  public static fromGuardrailVersion(
    version: CfnGuardrailVersion,
    options: AgentGuardrailOptions = {},
  ): AgentGuardrail {
    if (typeof version?.attrGuardrailArn !== 'string') {
      throw invalid(`version must be a CfnGuardrailVersion, got ${kindOf(version)}`);
    }
    const guardrail = Tokenization.reverse(version.guardrailIdentifier);
    if (Reference.isReference(guardrail)) {
      needProfile(guardrail.target, options);
    }
    return new AgentGuardrail(version.attrGuardrailArn, version.attrVersion, options.guardrailProfile);
  }

  /** An existing guardrail by its ARN, with the number of a published version or `AgentGuardrail.DRAFT`. */
  public static fromGuardrailArn(
    guardrailArn: string,
    version: string,
    options: AgentGuardrailOptions = {},
  ): AgentGuardrail {
    return new AgentGuardrail(guardrailArn, version, options.guardrailProfile);
  }

  /** The value that `bedrock:GuardrailIdentifier` has in a call that names this version. */
  public readonly identifier: string;

  private constructor(
    /** The ARN of the guardrail. */
    public readonly guardrailArn: string,
    /** The version that calls have to name. */
    public readonly version: string,
    private readonly profile?: string,
  ) {
    this.identifier = version === AgentGuardrail.DRAFT ? guardrailArn : `${guardrailArn}:${version}`;
  }

  /** @internal */
  public _access(scope: AgentGrant): GuardrailAccess {
    if (!Token.isUnresolved(this.version) && !/^([1-9]\d{0,7}|DRAFT)$/.test(String(this.version))) {
      throw new AgentError(
        'AgentGuardrail',
        `version must be the number of a published guardrail version, or AgentGuardrail.DRAFT, got ` +
          `${kindOf(this.version)}`,
        scope,
      );
    }
    const guardrail = exactArn(scope, 'the guardrail', this.guardrailArn, 'guardrail.apply', ['guardrail']);
    const elsewhere = otherAccountIn(guardrail, scope);
    const profile = this.profile === undefined ? NO_PROFILE : profileAccess(this.profile, scope);
    return {
      resources: [guardrail, ...profile.resources],
      notes: [
        ...profile.notes,
        ...missingOnOtherSide(elsewhere, "the guardrail's resource policy (bedrock:ApplyGuardrail)", scope.agent),
      ],
    };
  }
}

const NO_PROFILE: GuardrailAccess = { resources: [], notes: [] };

/** The guardrail profile, in every region that the check can run in. */
function profileAccess(profile: string, scope: AgentGrant): GuardrailAccess {
  const row = GUARDRAIL_PROFILES.find((known) => known.profile === profile);
  if (row === undefined) {
    const known = GUARDRAIL_PROFILES.map((one) => one.profile);
    const near = typeof profile === 'string' ? closestName(profile, known) : undefined;
    throw new AgentError(
      'AgentGuardrailProfile',
      `guardrail profile ${kindOf(profile)} is not known${near === undefined ? '' : `; did you mean ${near}?`}; known are ` +
        `${known.join(', ')}`,
      scope,
    );
  }
  const stack = Stack.of(scope);
  const unknown = Token.isUnresolved(stack.region);
  const routes = row.routes.filter(({ from }) => unknown || from.includes(stack.region));
  if (routes.length === 0) {
    throw new AgentError(
      'AgentGuardrailProfile',
      `guardrail profile '${profile}' can't be used from ${stack.region}; it can from ` +
        `${row.routes.flatMap(({ from }) => from).join(', ')} (AWS, ${GUARDRAIL_PROFILES_SOURCE.date})`,
      scope,
    );
  }
  const regions = [...new Set(routes.flatMap(({ to }) => to))].sort();
  return {
    resources: regions.map(
      (region) => `arn:${partitionOf(stack)}:bedrock:${region}:${stack.account}:guardrail-profile/${profile}`,
    ),
    notes: unknown
      ? [
          `the region of the stack is not known at synth: guardrail profile ${profile} is given in every region that it ` +
            'can route to from any region; give the stack an env to narrow it',
        ]
      : [],
  };
}

/** A guardrail that runs across regions says so in its resource; then its profile has to be granted too. */
function needProfile(guardrail: IConstruct, options: AgentGuardrailOptions): void {
  const resource = [guardrail, guardrail.node?.defaultChild].find((one) => CfnGuardrail.isCfnGuardrail(one));
  const crossRegion = (resource as CfnGuardrail | undefined)?.crossRegionConfig !== undefined;
  if (crossRegion && options.guardrailProfile === undefined) {
    throw new AgentError(
      'AgentGuardrailProfile',
      'the guardrail runs across regions (crossRegionConfig), so its profile has to be granted too; give ' +
        "guardrailProfile, such as 'us.guardrail.v1:0'",
      guardrail,
    );
  }
}

function invalid(message: string): Error {
  const error = new Error(`«AgentGuardrail» ${message}`);
  error.name = 'AgentGuardrail';
  return error;
}
