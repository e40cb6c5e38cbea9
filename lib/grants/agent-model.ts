import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { partitionOf } from '../synth/pseudo-parameters';
import type { ModelAccess } from './model-access';
import { hasGeography, profileRoutes } from './profile-routes';

/** Where an inference profile is called from, and where it sends requests, for what the library does not know. */
export interface InferenceProfileOptions {
  /**
   * The regions that the agent calls the profile from.
   *
   * Give them when the agent calls Bedrock in another region than its own, or when the stack's region is not known at
   * synth.
   *
   * @default - the stack's region; every region that AWS lists for the profile when that is not known
   */
  readonly sourceRegions?: string[];

  /**
   * The regions that the profile routes requests to, for a profile that the library does not know yet.
   * `aws bedrock get-inference-profile` shows them. Not for `global.` profiles, which route anywhere.
   *
   * @default - looked up in the library's table
   */
  readonly destinationRegions?: string[];
}

type Describe = (scope: IConstruct) => ModelAccess;

/**
 * A model that an agent calls, and the way it calls it.
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
    checkId('modelId', modelId);
    if (hasGeography(modelId)) {
      throw invalid(`'${modelId}' is the id of an inference profile; use AgentModel.inferenceProfile('${modelId}')`);
    }
    return new AgentModel(modelId, (scope) => ({
      called: [modelArn(scope, Stack.of(scope).region, modelId)],
      behind: [],
      readable: [],
      through: [],
      notes: [],
    }));
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
    checkId('profileId', profileId);
    return new AgentModel(profileId, (scope) => profileAccess(profileId, options, scope));
  }

  /**
   * An application inference profile of your account, by its ARN (`profile.attrInferenceProfileArn`).
   *
   * @param copiedFrom the model or system-defined profile that it was made from
   */
  public static applicationInferenceProfile(inferenceProfileArn: string, copiedFrom: AgentModel): AgentModel {
    checkArn('inferenceProfileArn', inferenceProfileArn, 'application-inference-profile');
    return new AgentModel('application inference profile', (scope) => {
      const source = copiedFrom._access(scope);
      const models = source.behind.length > 0 ? source.behind : source.called;
      return {
        called: [inferenceProfileArn],
        behind: models,
        readable: models,
        through: [inferenceProfileArn],
        lookup: 'application-profile.read',
        notes: source.notes,
      };
    });
  }

  /** Provisioned throughput of your account, by its ARN. */
  public static provisionedModel(provisionedModelArn: string): AgentModel {
    checkArn('provisionedModelArn', provisionedModelArn, 'provisioned-model');
    return AgentModel.own('provisioned model', provisionedModelArn, 'provisioned-model.read');
  }

  /** A model that was imported into your account, by its ARN. */
  public static importedModel(importedModelArn: string): AgentModel {
    checkArn('importedModelArn', importedModelArn, 'imported-model');
    return AgentModel.own('imported model', importedModelArn);
  }

  /** An on-demand deployment of a custom model of your account, by its ARN. */
  public static customModelDeployment(deploymentArn: string): AgentModel {
    checkArn('deploymentArn', deploymentArn, 'custom-model-deployment');
    return AgentModel.own('custom model deployment', deploymentArn);
  }

  private static own(displayName: string, arn: string, lookup?: ModelAccess['lookup']): AgentModel {
    return new AgentModel(displayName, () => ({
      called: [arn],
      behind: [],
      readable: [],
      through: [],
      ...(lookup === undefined ? {} : { lookup }),
      notes: [],
    }));
  }

  private constructor(
    /** What the model is called in reports. */
    public readonly displayName: string,
    private readonly describe: Describe,
  ) {}

  /** @internal */
  public _access(scope: IConstruct): ModelAccess {
    return this.describe(scope);
  }
}

function profileAccess(profileId: string, options: InferenceProfileOptions, scope: IConstruct): ModelAccess {
  const stack = Stack.of(scope);
  const { model, sources, destinations, notes } = profileRoutes(profileId, options, stack.region, scope);
  const stackKnown = !Token.isUnresolved(stack.region);
  const callers = stackKnown ? sources : [stack.region];
  const profiles = callers.map(
    (region) => `arn:${partitionOf(stack)}:bedrock:${region}:${stack.account}:inference-profile/${profileId}`,
  );
  const global = profileId.startsWith('global.');
  const models = (global ? callers : destinations).map((region) => modelArn(scope, region, model));
  return {
    called: profiles,
    behind: global ? [...models, modelArn(scope, '', model)] : models,
    readable: models,
    through: profiles,
    lookup: 'profile.read',
    notes: global ? [] : notes,
  };
}

/** Foundation models belong to no account; the one that a global profile routes to belongs to no region either. */
function modelArn(scope: IConstruct, region: string, modelId: string): string {
  return `arn:${partitionOf(Stack.of(scope))}:bedrock:${region}::foundation-model/${modelId}`;
}

function checkId(property: string, id: string): void {
  if (Token.isUnresolved(id) || !/^[a-zA-Z0-9][a-zA-Z0-9.:_-]{0,139}$/.test(id)) {
    throw invalid(
      `${property} must be a model or profile id that is known at synth, without wildcards, got ` +
        `${Token.isUnresolved(id) ? 'a value that is not known yet' : `'${id}'`}`,
    );
  }
}

function checkArn(property: string, arn: string, type: string): void {
  if (!Token.isUnresolved(arn) && !new RegExp(`^arn:[^:*?]+:bedrock:[^:*?]+:\\d{12}:${type}/[^*?]+$`).test(arn)) {
    throw invalid(`${property} must be the ARN of one ${type}, without wildcards, got '${arn}'`);
  }
}

function invalid(message: string): Error {
  const error = new Error(`«AgentModel» ${message}`);
  error.name = 'AgentModel';
  return error;
}
