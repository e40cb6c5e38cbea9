import type { Json } from './json';

/** One template of an app, as it is deployed. */
export interface AppTemplate {
  /** Unique in the app: the artifact id of a stack, or the name of a file. */
  readonly name: string;
  readonly body: Json;
  /** False where nothing in it calls `Fn::Transform` or `Fn::ForEach` for sure. */
  readonly callsMacros?: boolean;
  /** Where it is deployed, as far as that is known. */
  readonly account?: string;
  readonly region?: string;
  readonly stackName?: string;
  /** The construct paths of its resources by logical id, where `aws:cdk:path` does not say them. */
  readonly constructPaths?: ReadonlyMap<string, string>;
  /** For a nested stack: the template, and in it the resource, that deploys it. */
  readonly parent?: { readonly template: string; readonly logicalId: string };
}
