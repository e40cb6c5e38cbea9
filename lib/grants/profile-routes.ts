import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { closestName } from '../policy/document/closest-name';
import {
  INFERENCE_PROFILES,
  INFERENCE_PROFILES_SOURCE,
  type InferenceProfileRow,
} from '../policy/reference/inference-profiles';
import { AgentError } from '../synth/agent-error';
import type { InferenceProfileOptions } from './agent-model';

/** Where the requests to an inference profile go. */
export interface ProfileRoutes {
  readonly model: string;
  /** The regions that the profile is called from; none when the stack's own region is all that is known. */
  readonly sources: readonly string[];
  /** The regions of the models that the profile can route to. */
  readonly destinations: readonly string[];
  readonly notes: readonly string[];
}

/** The geographies of system-defined profiles, by their ids' first part. */
const GEOGRAPHIES = [...new Set(INFERENCE_PROFILES.map(({ profile }) => profile.slice(0, profile.indexOf('.'))))];

/** Whether an id has the form of an inference profile's: a geography, then a model id. */
export function hasGeography(id: string): boolean {
  return GEOGRAPHIES.includes(id.slice(0, id.indexOf('.')));
}

/** Looks up where a profile routes to when it is called from the stack's region. */
export function profileRoutes(
  profileId: string,
  options: InferenceProfileOptions,
  region: string,
  scope: IConstruct,
): ProfileRoutes {
  const model = profileId.slice(profileId.indexOf('.') + 1);
  const stackRegion = Token.isUnresolved(region) ? undefined : region;
  const sources = options.sourceRegions ?? (stackRegion === undefined ? [] : [stackRegion]);
  if (options.destinationRegions !== undefined) {
    return {
      model,
      sources,
      destinations: sorted([...options.destinationRegions]),
      notes: [`the regions that ${profileId} routes to were given by hand: ${options.destinationRegions.join(', ')}`],
    };
  }
  const row = INFERENCE_PROFILES.find(({ profile }) => profile === profileId);
  if (row === undefined) {
    throw unknownProfile(profileId, scope);
  }
  const callable = sorted(row.routes.flatMap(({ from }) => from));
  const wrong = sources.find((source) => !callable.includes(source));
  if (wrong !== undefined) {
    throw new AgentError(
      'AgentModelRegion',
      `inference profile '${profileId}' can't be called from ${wrong}: it can from ${callable.join(', ')} ` +
        `(AWS, ${INFERENCE_PROFILES_SOURCE.date}); use a profile of that region's geography, or give sourceRegions and ` +
        'destinationRegions',
      scope,
    );
  }
  return { model, sources, destinations: destinationsOf(row, sources), notes: regionNotes(profileId, row, sources) };
}

function destinationsOf(row: InferenceProfileRow, sources: readonly string[]): string[] {
  const routes = row.routes.filter(({ from }) => sources.length === 0 || from.some((source) => sources.includes(source)));
  return sorted(routes.flatMap(({ to }) => to));
}

function regionNotes(profileId: string, row: InferenceProfileRow, sources: readonly string[]): string[] {
  return sources.length > 0 || row.routes.length === 0
    ? []
    : [
        `the region of the stack is not known at synth: the model is given in every region that ${profileId} can route ` +
          'to from any region; give sourceRegions, or the stack an env, to narrow it',
      ];
}

function unknownProfile(profileId: string, scope: IConstruct): AgentError {
  const known = INFERENCE_PROFILES.map(({ profile }) => profile);
  const near = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const name = closestName(profileId, known.filter((candidate) => !near.has(candidate)));
    if (name !== undefined) {
      near.add(name);
    }
  }
  return new AgentError(
    'AgentModelProfile',
    `inference profile '${profileId}' is not in the library's table of ${INFERENCE_PROFILES_SOURCE.date}` +
      `${near.size > 0 ? `; near names are ${[...near].join(', ')}` : ''}; for a newer profile, give the regions that it ` +
      "routes to: AgentModel.inferenceProfile(id, { destinationRegions: ['us-east-1', ...] })",
    scope,
  );
}

function sorted(regions: readonly string[]): string[] {
  return [...new Set(regions)].sort();
}
