import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { AgentError } from '../synth/agent-error';
import { partitionOf } from '../synth/pseudo-parameters';
import { shownText } from '../synth/shown-text';
import { tokenText } from '../synth/token-text';
import type { AgentGrant } from './agent-grant';
import { exactArn, kindOf } from './exact-arn';
import type { ModelAccess } from './model-access';
import { otherAccountIn, regionIn } from './other-account';
import { type InferenceProfileOptions, isGlobal, isProfileId, profileRoutes } from './profile-routes';

type Describe = (scope: AgentGrant, region: string) => ModelAccess;

/**
 * A model that an agent calls, and the way it calls it. It is checked where it is granted.
 *
 * Every way but a foundation model's own goes through something with an ARN of its own; the models behind it are then
 * given for calls through it alone.
 */
export class AgentModel {
  /**
   * A foundation model, called directly in the stack's region.
   *
   * @param modelId such as `amazon.nova-lite-v1:0`
   */
  public static foundationModel(modelId: string): AgentModel {
    return new AgentModel(modelId, (scope, region) => {
      checkId(scope, 'modelId', modelId);
      if (isProfileId(modelId)) {
        throw new AgentError(
          'AgentModel',
          `'${modelId}' is the id of an inference profile; use AgentModel.inferenceProfile('${modelId}')`,
          scope,
        );
      }
      return {
        called: [modelArn(scope, region, modelId)],
        behind: [],
        readable: [],
        through: [],
        copyable: true,
        notes: [],
      };
    });
  }

  /**
   * A system-defined inference profile, across the regions of a geography (`us.`, `eu.`, `apac.` ...) or anywhere
   * (`global.`).
   *
   * The model behind it is given in exactly the regions that the profile routes to, for calls through this profile.
   *
   * @param profileId such as `us.anthropic.claude-sonnet-4-5-20250929-v1:0`
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
   */
  public static inferenceProfile(profileId: string, options: InferenceProfileOptions = {}): AgentModel {
    return new AgentModel(profileId, (scope, region) => {
      checkId(scope, 'profileId', profileId);
      return profileAccess(profileId, options, scope, region);
    });
  }

  /**
   * An application inference profile of your account, by its ARN (`profile.attrInferenceProfileArn`).
   *
   * @param copiedFrom the foundation model or system-defined profile that it was made from
   */
  public static applicationInferenceProfile(inferenceProfileArn: string, copiedFrom: AgentModel): AgentModel {
    return new AgentModel('application inference profile', (scope, region) => {
      const profile = ownArn(scope, 'inferenceProfileArn', inferenceProfileArn, 'application-inference-profile');
      const source =
        copiedFrom instanceof AgentModel ? copiedFrom.describe(scope, regionIn(profile, scope) ?? region) : undefined;
      if (!source?.copyable) {
        throw new AgentError(
          'AgentModel',
          'copiedFrom must be the AgentModel.foundationModel or AgentModel.inferenceProfile that the application ' +
            `inference profile was made from, got ${source === undefined ? kindOf(copiedFrom) : copiedFrom.displayName}`,
          scope,
        );
      }
      return {
        called: [profile],
        behind: source.behind.length > 0 ? source.behind : source.called,
        readable: source.behind.length > 0 ? source.readable : source.called,
        through: [profile],
        lookup: 'application-profile.read',
        copyable: false,
        notes: [...source.notes, ...notShared(profile, scope)],
      };
    });
  }

  /** Provisioned throughput of your account, by its ARN. */
  public static provisionedModel(provisionedModelArn: string): AgentModel {
    return AgentModel.own('provisioned-model', 'provisionedModelArn', provisionedModelArn, 'provisioned-model.read');
  }

  /** A model that was imported into your account, by its ARN. */
  public static importedModel(importedModelArn: string): AgentModel {
    return AgentModel.own('imported-model', 'importedModelArn', importedModelArn);
  }

  /** An on-demand deployment of a custom model of your account, by its ARN. */
  public static customModelDeployment(deploymentArn: string): AgentModel {
    return AgentModel.own('custom-model-deployment', 'deploymentArn', deploymentArn);
  }

  private static own(type: string, property: string, arn: string, lookup?: ModelAccess['lookup']): AgentModel {
    return new AgentModel(type.replace(/-/g, ' '), (scope) => {
      const called = ownArn(scope, property, arn, type);
      return {
        called: [called],
        behind: [],
        readable: [],
        through: [],
        ...(lookup === undefined ? {} : { lookup }),
        copyable: false,
        notes: notShared(called, scope),
      };
    });
  }

  private constructor(
    /** What the model is called in reports. */
    public readonly displayName: string,
    private readonly describe: Describe,
  ) {}

  /** @internal */
  public _access(scope: AgentGrant): ModelAccess {
    return this.describe(scope, Stack.of(scope).region);
  }
}

function profileAccess(
  profileId: string,
  options: InferenceProfileOptions,
  scope: AgentGrant,
  region: string,
): ModelAccess {
  const stack = Stack.of(scope);
  const { model, sources, destinations, notes } = profileRoutes(profileId, options, region, scope);
  const callers = Token.isUnresolved(region) ? [region] : sources;
  const profiles = callers.map(
    (caller) => `arn:${partitionOf(stack)}:bedrock:${caller}:${stack.account}:inference-profile/${profileId}`,
  );
  const global = isGlobal(profileId);
  const models = (global ? callers : destinations).map((destination) => modelArn(scope, destination, model));
  return {
    called: profiles,
    behind: global ? [...models, modelArn(scope, '', model)] : models,
    readable: models,
    through: profiles,
    lookup: 'profile.read',
    copyable: true,
    notes,
  };
}

/** Foundation models belong to no account; the one that a global profile routes to belongs to no region either. */
function modelArn(scope: IConstruct, region: string, modelId: string): string {
  return `arn:${partitionOf(Stack.of(scope))}:bedrock:${region}::foundation-model/${modelId}`;
}

function ownArn(scope: AgentGrant, property: string, arn: string, type: string): string {
  return exactArn(scope, property, arn, 'model.invoke', [type]);
}

function notShared(arn: string, scope: AgentGrant): string[] {
  const account = otherAccountIn(arn, scope);
  return account === undefined
    ? []
    : [
        `${shownText(tokenText(arn, scope))} is in account ${account}: AWS documents no resource policy that could let ` +
          `the role of '${scope.agent.agentName}' in, so calls will be refused there`,
      ];
}

function checkId(scope: AgentGrant, property: string, id: unknown): void {
  const known = typeof id === 'string' && !Token.isUnresolved(id);
  if (!known || !/^[a-zA-Z0-9][a-zA-Z0-9.:_-]{0,139}$/.test(id) || id.startsWith('arn:')) {
    throw new AgentError(
      'AgentModel',
      `${property} must be a model or profile id that is known at synth, such as amazon.nova-lite-v1:0, without ` +
        `wildcards, got ${kindOf(id)}`,
      scope,
    );
  }
}
