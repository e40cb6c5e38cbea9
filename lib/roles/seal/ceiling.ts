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

  /** Those of this ceiling's statements that speak of the actions of others: for these it is the whole ceiling. */
  public about(own: readonly TextStatement[]): readonly TextStatement[] {
    const names = exactActions(own);
    const entries = names === undefined ? this.statements : new Set(names.flatMap((name) => this.speakingOf(name)));
    const statements = [...entries].map(({ statement }) => statement);
    return statements.length === 0 ? [NOTHING] : statements;
  }

  /** What of other statements this ceiling may take something away from: those actions that it does not plainly allow. */
  public limited(own: readonly TextStatement[]): readonly TextStatement[] {
    if (exactActions(own) === undefined) {
      return own;
    }
    return own.flatMap((statement) => {
      const actions = statement.actions?.filter((action) => this.limits(literalOf(action) ?? '')) ?? [];
      return actions.length === 0 ? [] : [{ ...statement, actions }];
    });
  }

  private limits(action: string): boolean {
    const entries = this.speakingOf(action);
    return (
      entries.some(({ statement }) => statement.effect === 'Deny') ||
      !entries.some(({ statement }) => allowsAnyResource(statement))
    );
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

/** The actions of statements; none where one of them is about a pattern of actions. */
function exactActions(statements: readonly TextStatement[]): string[] | undefined {
  const actions = statements.flatMap((statement) => statement.actions ?? []);
  const isExact = statements.every(({ notActions }) => notActions === undefined) && actions.every(isExactAction);
  return isExact ? [...new Set(actions.map((action) => literalOf(action) ?? ''))] : undefined;
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
