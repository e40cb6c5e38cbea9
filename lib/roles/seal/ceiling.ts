import type { TextStatement } from '../../policy/compare/text-statement';
import { isLiteral, literalOf, type PolicyText } from '../../policy/document/text';
import { actionGlob, isExactAction, matchesAction } from '../../policy/match/action-glob';
import { compileGlob, type Glob, globTokens, matchesGlob } from '../../policy/match/glob';
import { shownText } from '../../synth/shown-text';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { isLiterally, readDocument } from '../../synth/statement-text';

/** A request that a boundary leaves nothing of. */
export interface BlockedRequest {
  readonly what: string;
  /** The Sid of the statement that denies it; none when nothing allows it. */
  readonly deniedBy?: string;
}

interface CeilingStatement {
  readonly statement: TextStatement;
  readonly actions: readonly Glob[];
  readonly resources: readonly Glob[];
}

/** What a boundary comes to that says nothing about an action. */
const NOTHING: TextStatement = { effect: 'Deny', actions: [['*']], resources: [['*']], conditions: [] };

/** The document of a boundary that is part of the app, ready to be asked what it leaves. Read once for all agents. */
export class Ceiling {
  private static readonly known = new WeakMap<IndexedResource, Ceiling>();

  /** The ceiling that a managed policy of the app makes. */
  public static of(policy: IndexedResource, index: StageIndex): Ceiling {
    let ceiling = Ceiling.known.get(policy);
    if (!ceiling) {
      const read = readDocument(policy.properties.PolicyDocument, (item) => index.text(item, policy.stack));
      const statements = read.flatMap((entry) => ('unreadable' in entry ? [] : [entry.statement]));
      ceiling = new Ceiling(statements, statements.length === read.length);
      Ceiling.known.set(policy, ceiling);
    }
    return ceiling;
  }

  private readonly statements: readonly CeilingStatement[];
  private readonly byAction = new Map<string, readonly CeilingStatement[]>();

  private constructor(
    statements: readonly TextStatement[],
    /** Whether all of it could be read. */
    public readonly isReadable: boolean,
  ) {
    this.statements = statements.map((statement) => ({
      statement,
      actions: (statement.notActions ?? statement.actions ?? []).map(actionGlob),
      resources: (statement.notResources ?? statement.resources ?? []).map((resource) =>
        compileGlob(globTokens(resource)),
      ),
    }));
  }

  /** The requests of a statement that this ceiling leaves nothing of. */
  public blocks(own: TextStatement): BlockedRequest[] {
    const blocked: BlockedRequest[] = [];
    for (const action of own.actions ?? []) {
      const name = literalOf(action) ?? '';
      const entries = this.speakingOf(name);
      for (const resource of own.resources ?? []) {
        const denial = entries.find(
          ({ statement, resources }) =>
            statement.effect === 'Deny' &&
            statement.conditions.length === 0 &&
            surelyMatches(statement, resources, resource),
        );
        const allowed = entries.some((entry) => entry.statement.effect === 'Allow' && couldMatch(entry, resource));
        if (denial !== undefined || !allowed) {
          const deniedBy = denial?.statement.sid;
          blocked.push({
            what: `${name} on ${shownText(resource)}`,
            ...(deniedBy === undefined ? {} : { deniedBy }),
          });
        }
      }
    }
    return blocked;
  }

  /**
   * What this ceiling may take away from statements: its own statements that speak of their actions. None when the
   * ceiling allows all those actions, and denies none of them.
   */
  public limiting(own: readonly TextStatement[]): readonly TextStatement[] {
    const actions = own.flatMap((statement) => statement.actions ?? []);
    if (own.some(({ notActions }) => notActions !== undefined) || !actions.every(isExactAction)) {
      return this.statements.map(({ statement }) => statement);
    }
    const speaking = [...new Set(actions.map((action) => literalOf(action) ?? ''))].map((name) =>
      this.speakingOf(name),
    );
    const entries = [...new Set(speaking.flat())];
    const isLimited =
      entries.some(({ statement }) => statement.effect === 'Deny') ||
      speaking.some((some) => !some.some(({ statement }) => allowsAnyResource(statement)));
    if (!isLimited) {
      return [];
    }
    return entries.length === 0 ? [NOTHING] : entries.map(({ statement }) => statement);
  }

  private speakingOf(action: string): readonly CeilingStatement[] {
    let entries = this.byAction.get(action);
    if (!entries) {
      entries = this.statements.filter(
        ({ statement, actions }) =>
          actions.some((glob) => matchesAction(glob, action)) === (statement.notActions === undefined),
      );
      this.byAction.set(action, entries);
    }
    return entries;
  }
}

function allowsAnyResource({ effect, resources, conditions }: TextStatement): boolean {
  return (
    effect === 'Allow' && conditions.length === 0 && resources?.some((resource) => isLiterally(resource, '*')) === true
  );
}

function surelyMatches(statement: TextStatement, resources: readonly Glob[], resource: PolicyText): boolean {
  return resources.some((glob) => matchesGlob(glob, resource)) === (statement.notResources === undefined);
}

function couldMatch({ statement, resources }: CeilingStatement, resource: PolicyText): boolean {
  const patterns = statement.notResources ?? statement.resources ?? [];
  const decidable = isLiteral(resource) && patterns.every(isLiteral);
  return surelyMatches(statement, resources, resource) || !decidable;
}
