import type { AppModel } from '../../../access/app/app-model';
import type { AppResource } from '../../../access/app/app-resource';
import { arnParts } from '../../../access/app/arn-parts';
import { literalOf, type PolicyText, text } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { artifactsOf, repositoryOf } from '../tools/artifacts-of';

/**
 * What agents use: what their roles name in Allows, what agents, knowledge bases and memories name themselves, and the
 * repositories of their images.
 */
export class UsedByAgents {
  private readonly patterns: readonly PolicyText[];
  private readonly named: ReadonlySet<AppResource>;

  public constructor(private readonly app: AppModel) {
    this.patterns = app
      .rolesOf('agent', 'knowledge-base')
      .flatMap(({ statements }) =>
        statements.flatMap(({ statement: { effect, resource } }) =>
          effect === 'Allow' && resource?.negated === false ? resource.patterns : [],
        ),
      );
    const own = app.resources
      .filter(({ type }) => /^AWS::Bedrock(AgentCore)?::/.test(type) && !/Policy$/.test(type))
      .flatMap((resource) => resource.properties.everyText().map(({ text: value }) => value));
    const images = app.agentRoles
      .flatMap((role) => artifactsOf(app, role))
      .flatMap(({ kind, place, holder }) =>
        kind === 'image' ? (repositoryOf(app, place, holder).resource ?? []) : [],
      );
    this.named = new Set([
      ...[...this.patterns, ...own].flatMap((name) => app.placeOf(name)?.resource ?? []),
      ...images,
    ]);
  }

  /** Whether an agent uses a resource of the app. A Resource of `*` names nothing. */
  public has(resource: AppResource): boolean {
    return (
      this.named.has(resource) ||
      this.patterns.some((pattern) => arnParts(pattern) !== undefined && this.app.covers(pattern, resource))
    );
  }

  /** Whether an agent uses a bucket of this name, which is not part of the app. */
  public hasBucket(name: PolicyText): boolean {
    return this.patterns.some((pattern) => {
      const parts = arnParts(pattern);
      return (
        parts?.tail !== undefined &&
        literalOf(parts.service) === 's3' &&
        [name, text(name, '/*')].some((tail) => matchesGlob(compileGlob(globTokens(parts.tail ?? [])), tail))
      );
    });
  }
}
