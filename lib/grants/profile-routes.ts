import { Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';
import { closestName } from '../policy/document/closest-name';
import {
  INFERENCE_PROFILES,
  INFERENCE_PROFILES_SOURCE,
  type InferenceProfileRow,
} from '../policy/reference/inference-profiles';
import { AgentError } from '../synth/agent-error';
import { kindOf } from './exact-arn';

/** Where an inference profile is called from, and where it sends requests, for what the library does not know. */
export interface InferenceProfileOptions {
  /**
   * The regions that the agent calls the profile from, when they are not the stack's own.
   *
   * Where the stack's region is not known at synth, these are the regions that it will be deployed to: the profile is
   * then given in the region of the deployment, and the model where these regions route to.
   *
   * For a `global.` profile that the library does not know yet, or not yet in a region, giving them is what lets it be
   * used.
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

/** What calling the model takes for the agent of a grant, in a region. */

/** Where the requests to an inference profile go. */
export interface ProfileRoutes {
  readonly model: string;
  /** The regions that the profile is called from; none when the stack's own region is all that is known. */
  readonly sources: readonly string[];
  /** The regions of the models that the profile can route to; none for a `global.` profile. */
  readonly destinations: readonly string[];
  readonly notes: readonly string[];
}

/** The geographies of system-defined profiles, by their ids' first part. */
const GEOGRAPHIES = new Set(INFERENCE_PROFILES.map(({ profile }) => profile.split('.')[0]));

/** The makers of models, by the first part of the models' ids. */
const MAKERS = new Set(INFERENCE_PROFILES.map(({ model }) => model.split('.')[0]));

/** Whether an id has the form of an inference profile's: a geography, then a model id. */
export function isProfileId(id: string): boolean {
  const [first = '', second, ...more] = id.split('.');
  return (
    second !== undefined && (GEOGRAPHIES.has(first) || (more.length > 0 && MAKERS.has(second) && !MAKERS.has(first)))
  );
}

/** Whether an id may be that of a profile in a geography, or of a maker, that the table does not have. */
function couldBeProfileId(id: string): boolean {
  const [first = '', ...more] = id.split('.');
  return more.length > 1 && !MAKERS.has(first);
}

/** Whether a profile routes to any region. */
export function isGlobal(profileId: string): boolean {
  return profileId.startsWith('global.');
}

/**
 * Looks up where a profile routes to when it is called from a region.
 *
 * @throws `AgentModelProfile` for an id that is not a profile's or not known, `AgentModelRegion` for regions that the
 *   profile can't be called from.
 */
export function profileRoutes(
  profileId: string,
  options: InferenceProfileOptions,
  region: string,
  scope: IConstruct,
): ProfileRoutes {
  checkRegions(scope, 'sourceRegions', options.sourceRegions, region);
  checkRegions(scope, 'destinationRegions', options.destinationRegions, region);
  const sources = options.sourceRegions ?? (Token.isUnresolved(region) ? [] : [region]);
  const routes = { model: profileId.slice(profileId.indexOf('.') + 1), sources: sorted(sources) };
  const row = INFERENCE_PROFILES.find(({ profile }) => profile === profileId);
  if (row === undefined && !isProfileId(profileId) && !couldBeProfileId(profileId)) {
    throw notAProfile(profileId, scope);
  }
  if (options.destinationRegions !== undefined) {
    if (isGlobal(profileId)) {
      throw new AgentError(
        'AgentModelRegion',
        `'${profileId}' routes to any region, so destinationRegions can't narrow it; leave them out, or use the profile ` +
          'of a geography',
        scope,
      );
    }
    const destinations = sorted(options.destinationRegions);
    return {
      ...routes,
      destinations,
      notes: [`the regions that ${profileId} routes to were given by hand: ${destinations.join(', ')}`],
    };
  }
  const byHand = isGlobal(profileId) && options.sourceRegions !== undefined;
  if (row === undefined && !byHand) {
    throw unknownProfile(profileId, scope);
  }
  const callable = sorted(row?.routes.flatMap(({ from }) => from) ?? []);
  const wrong = sources.filter((source) => !callable.includes(source));
  if (wrong.length > 0 && !byHand) {
    throw notCallable(profileId, wrong, callable, scope);
  }
  return {
    ...routes,
    destinations: row === undefined || isGlobal(profileId) ? [] : destinationsOf(row, sources),
    notes: [
      ...(wrong.length === 0 ? [] : [`that ${profileId} can be called from ${wrong.join(', ')} was given by hand`]),
      ...(sources.length > 0 || isGlobal(profileId) ? [] : [unknownRegion(profileId)]),
    ],
  };
}

function destinationsOf(row: InferenceProfileRow, sources: readonly string[]): string[] {
  const routes = row.routes.filter(
    ({ from }) => sources.length === 0 || from.some((source) => sources.includes(source)),
  );
  return sorted(routes.flatMap(({ to }) => to));
}

function unknownRegion(profileId: string): string {
  return (
    `the region of the stack is not known at synth: the model is given in every region that ${profileId} can route ` +
    'to from any region; give sourceRegions, or the stack an env, to narrow it'
  );
}

function checkRegions(scope: IConstruct, property: string, regions: unknown, own: string): void {
  if (regions === undefined || regions === null) {
    return;
  }
  const wrong = Array.isArray(regions)
    ? regions.find((region) => typeof region !== 'string' || !/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region))
    : regions;
  if (!Array.isArray(regions) || regions.length === 0 || regions.includes(wrong)) {
    throw new AgentError(
      'AgentModelRegion',
      `${property} must be a list of regions such as 'us-east-1', got ` +
        kindOf(Array.isArray(regions) && regions.length === 0 ? regions : wrong),
      scope,
    );
  }
  const partition = partitionOfRegion(own);
  const foreign = regions.find(
    (region) => partition !== undefined && (partitionOfRegion(region) ?? partition) !== partition,
  );
  if (foreign !== undefined) {
    throw new AgentError(
      'AgentModelRegion',
      `${property} must be regions of the stack's partition, which is ${partition}, got '${foreign}'`,
      scope,
    );
  }
}

function partitionOfRegion(region: string): string | undefined {
  return Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
}

function notCallable(
  profileId: string,
  wrong: readonly string[],
  callable: readonly string[],
  scope: IConstruct,
): AgentError {
  return new AgentError(
    'AgentModelRegion',
    `inference profile '${profileId}' can't be called from ${wrong.join(', ')}: it can from ${callable.join(', ')} ` +
      `(AWS, ${INFERENCE_PROFILES_SOURCE.date}); use a profile of that region's geography, or give ` +
      `${isGlobal(profileId) ? 'sourceRegions' : 'sourceRegions and destinationRegions'}`,
    scope,
  );
}

function notAProfile(profileId: string, scope: IConstruct): AgentError {
  const profiles = INFERENCE_PROFILES.filter(({ model }) => model === profileId).map(({ profile }) => profile);
  return new AgentError(
    'AgentModelProfile',
    `'${profileId}' is the id of a model: an inference profile's begins with its geography, such as us. or global.; use ` +
      `AgentModel.foundationModel('${profileId}')${profiles.length === 0 ? '' : `, or one of ${profiles.join(', ')}`}`,
    scope,
  );
}

function unknownProfile(profileId: string, scope: IConstruct): AgentError {
  const known = INFERENCE_PROFILES.map(({ profile }) => profile);
  const near = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const name = closestName(
      profileId,
      known.filter((candidate) => !near.has(candidate)),
    );
    if (name !== undefined) {
      near.add(name);
    }
  }
  const wayOut = isGlobal(profileId)
    ? "the regions that the agent calls it from: AgentModel.inferenceProfile(id, { sourceRegions: ['us-east-1'] })"
    : "the regions that it routes to: AgentModel.inferenceProfile(id, { destinationRegions: ['us-east-1', ...] })";
  return new AgentError(
    'AgentModelProfile',
    `inference profile '${profileId}' is not in the library's table of ${INFERENCE_PROFILES_SOURCE.date}` +
      `${near.size > 0 ? `; near names are ${[...near].join(', ')}` : ''}; for a newer profile, give ${wayOut}`,
    scope,
  );
}

function sorted(regions: readonly string[]): string[] {
  return [...new Set(regions)].sort();
}
