import { CfnGuardrail, type CfnGuardrailVersion, type IGuardrailRef } from 'aws-cdk-lib/aws-bedrock';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { closestName } from '../policy/document/closest-name';
import { GUARDRAIL_PROFILES } from '../policy/reference/guardrail-profiles';
import { AgentError } from '../synth/agent-error';
import { partitionOf } from '../synth/pseudo-parameters';

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

/** One version of one guardrail, which an agent's model calls have to name. */
export class AgentGuardrail {
  /** The version of a guardrail that is still being worked on. */
  public static readonly DRAFT: string = 'DRAFT';

  /** A guardrail of this app, with the number of a published version or `AgentGuardrail.DRAFT`. */
  public static fromGuardrail(
    guardrail: IGuardrailRef,
    version: string,
    options: AgentGuardrailOptions = {},
  ): AgentGuardrail {
    const crossRegion = guardrail instanceof CfnGuardrail && guardrail.crossRegionConfig !== undefined;
    if (crossRegion && options.guardrailProfile === undefined) {
      throw new AgentError(
        'AgentGuardrailProfile',
        'the guardrail runs across regions (crossRegionConfig), so its profile has to be granted too; give ' +
          "guardrailProfile, such as 'us.guardrail.v1:0'",
        guardrail,
      );
    }
    return new AgentGuardrail(guardrail.guardrailRef.guardrailArn, version, options.guardrailProfile);
  }

  /** A published version of a guardrail of this app. */
  public static fromGuardrailVersion(version: CfnGuardrailVersion, options: AgentGuardrailOptions = {}): AgentGuardrail {
    return new AgentGuardrail(version.attrGuardrailArn, version.attrVersion, options.guardrailProfile);
  }

  /** An existing guardrail by its ARN, with the number of a published version or `AgentGuardrail.DRAFT`. */
  public static fromGuardrailArn(
    guardrailArn: string,
    version: string,
    options: AgentGuardrailOptions = {},
  ): AgentGuardrail {
    if (!Token.isUnresolved(guardrailArn) && !/^arn:[^:*?]+:bedrock:[^:*?]+:\d{12}:guardrail\/[a-z0-9]+$/.test(guardrailArn)) {
      throw invalid(`guardrailArn must be the ARN of one guardrail, got '${guardrailArn}'`);
    }
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
    if (!Token.isUnresolved(version) && !/^([1-9]\d{0,7}|DRAFT)$/.test(String(version))) {
      throw invalid(
        `version must be the number of a published guardrail version, or AgentGuardrail.DRAFT, got '${version}'`,
      );
    }
    this.identifier = version === AgentGuardrail.DRAFT ? guardrailArn : `${guardrailArn}:${version}`;
  }

  /**
   * The ARNs that `bedrock:ApplyGuardrail` has to be given on.
   *
   * @internal
   */
  public _appliedOn(scope: IConstruct): string[] {
    if (this.profile === undefined) {
      return [this.guardrailArn];
    }
    const row = GUARDRAIL_PROFILES.find(({ profile }) => profile === this.profile);
    if (row === undefined) {
      const known = GUARDRAIL_PROFILES.map(({ profile }) => profile);
      throw new AgentError(
        'AgentGuardrailProfile',
        `guardrail profile '${this.profile}' is not known; did you mean ${closestName(this.profile, known) ?? known[0]}? ` +
          `Known are ${known.join(', ')}`,
        scope,
      );
    }
    const stack = Stack.of(scope);
    const unknown = Token.isUnresolved(stack.region);
    const routes = row.routes.filter(({ from }) => unknown || from.includes(stack.region));
    if (routes.length === 0) {
      throw new AgentError(
        'AgentGuardrailProfile',
        `guardrail profile '${this.profile}' can't be used from ${stack.region}; it can from ` +
          `${row.routes.flatMap(({ from }) => from).join(', ')}`,
        scope,
      );
    }
    const regions = [...new Set(routes.flatMap(({ to }) => to))].sort();
    return [
      this.guardrailArn,
      ...regions.map(
        (region) => `arn:${partitionOf(stack)}:bedrock:${region}:${stack.account}:guardrail-profile/${this.profile}`,
      ),
    ];
  }
}

function invalid(message: string): Error {
  const error = new Error(`«AgentGuardrail» ${message}`);
  error.name = 'AgentGuardrail';
  return error;
}
