import { resolveText, type TextTemplate } from '../condition/policy-variable';
import type { ContextValue } from '../condition/request-context';
import { RequestContext } from '../condition/request-context';
import { type Atom, literalOf, type PolicyText, text } from '../document/text';
import { decide, decideOwnSide } from '../evaluate/decide';
import { type PreparedPolicies, preparePolicies } from '../evaluate/prepared-policies';
import type { Letter } from '../match/glob';
import { fitsShape } from '../reference/arn-shape';
import { findAction } from '../reference/service-reference';
import type { ComparedAction } from './action-catalogue';
import type { ActionClass } from './action-classes';
import type { Assignment } from './assignment-search';
import { type ComparedCaller, strangeAccount } from './callers';
import { factOf } from './compared-condition';
import type { ComparedSide, Vocabulary } from './compared-policies';
import { isAtomToken } from './glob-automaton';
import { keyType, ordinaryValue } from './key-type';
import type { ChangeWitness } from './policy-comparison';
import { variableOf } from './resource-tokens';
import { patternFact } from './scene';
import type { VariableCase } from './variable-case';
import { witnessCaller } from './witness-caller';

/** What a search found: which actions and caller, which resource, which context. */
export interface FoundRequest {
  readonly actions: ActionClass;
  readonly caller: ComparedCaller;
  readonly word: readonly Letter[];
  readonly assignment: Assignment;
}

/** A request, and whether the evaluator confirms that it shows the change. */
export interface BuiltWitness {
  readonly witness: ChangeWitness;
  readonly isConfirmed: boolean;
}

const EVERYTHING = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const MOST_SCANNED = 3000;

/** The actions that most readers know, and that need no policy of the resource. */
const WELL_KNOWN = [
  's3:getobject',
  's3:putobject',
  'dynamodb:getitem',
  'dynamodb:putitem',
  'sqs:sendmessage',
  'sts:assumerole',
];

/** Makes requests of what the search found, and asks the evaluator about them. */
export class WitnessBuilder {
  private readonly before: PreparedPolicies;
  private readonly after: PreparedPolicies;

  public constructor(
    before: ComparedSide,
    after: ComparedSide,
    private readonly type: 'identity' | 'resource' | 'trust',
    private readonly vocabulary: Vocabulary,
    private readonly among: VariableCase,
  ) {
    const given = type === 'identity' ? {} : preparePolicies({ identity: EVERYTHING, session: EVERYTHING });
    this.before = { ...before.prepared, ...withoutLevels(given) };
    this.after = { ...after.prepared, ...withoutLevels(given) };
  }

  /** The request that shows a change, confirmed or not. What rests on the unknown value of an atom is not confirmed. */
  public build(found: FoundRequest): BuiltWitness {
    const { caller, assignment } = found;
    const context: Record<string, string | readonly string[]> = {};
    for (const [key, values] of assignment.values) {
      const [single, ...more] = values ?? [];
      if (single !== undefined) {
        context[key] = more.length > 0 ? [single, ...more] : single;
      }
    }
    for (const [key, value] of this.among.values) {
      context[key] ??= value;
    }
    const resource = this.concrete(found.word, assignment, context);
    this.makeFactsTrue(found, resource, context);
    for (const [key, range] of this.among.single) {
      const ordinary = ordinaryVariable(key);
      context[key] ??= range.isPossible(ordinary) ? ordinary : `${ordinary}-2`;
    }
    const witnessFor = (principal: string | undefined): ChangeWitness => ({
      action: believable(found.actions, literalOf(resource)).name,
      resource: literalOf(resource) ?? resource,
      ...(principal === undefined ? {} : { principal }),
      context: spelled(context, this.vocabulary),
    });
    const { principal } = caller;
    const witness = witnessFor(principal === undefined ? undefined : witnessCaller(principal, context));
    if (this.restsOnAtoms(found)) {
      return { witness, isConfirmed: false };
    }
    if (witness.principal !== principal && !this.isConfirmed(witness)) {
      const asFound = witnessFor(principal);
      return { witness: asFound, isConfirmed: this.isConfirmed(asFound) };
    }
    return { witness, isConfirmed: this.isConfirmed(witness) };
  }

  private isConfirmed(witness: ChangeWitness): boolean {
    if (this.type === 'identity') {
      return isAllowed(decideOwnSide(this.after, witness)) && !isAllowed(decideOwnSide(this.before, witness));
    }
    const request = { ...witness, resourceAccount: strangeAccount([witness.principal]) };
    return isAllowed(decide(this.after, request)) && !isAllowed(decide(this.before, request));
  }

  /** Puts values in the place of policy variables, and into the context. */
  private concrete(
    word: readonly Letter[],
    assignment: Assignment,
    context: Record<string, string | readonly string[]>,
  ): PolicyText {
    return text(
      ...word.map((letter) => {
        const variable = typeof letter === 'string' ? undefined : variableOf(letter);
        if (variable === undefined) {
          return letter;
        }
        const given = context[variable.key];
        if (typeof given === 'string') {
          return given;
        }
        if (variable.fallback !== undefined && assignment.values.get(variable.key) === undefined) {
          return variable.fallback;
        }
        const value = ordinaryVariable(variable.key);
        context[variable.key] = value;
        return value;
      }),
    );
  }

  /** Gives policy variables the values that make assumed facts true, where one look tells them. */
  private makeFactsTrue(
    { assignment }: FoundRequest,
    resource: PolicyText,
    context: Record<string, string | readonly string[]>,
  ): void {
    const written = literalOf(resource);
    this.vocabulary.patterns.forEach(({ tokens }, pattern) => {
      if (written !== undefined && assignment.facts.get(patternFact(pattern)) === true) {
        solve(
          tokens.map((token) => (typeof token === 'symbol' ? undefined : token)),
          written,
          context,
        );
      }
    });
    for (const condition of this.vocabulary.conditions) {
      for (const value of condition.unknown) {
        if (assignment.facts.get(factOf(condition, value)) === true) {
          solveCondition(value, condition.key, context);
        }
      }
    }
  }

  /** Whether an assumption is about an atom of CloudFormation, or about what only AWS can resolve. */
  private restsOnAtoms({ word, assignment }: FoundRequest): boolean {
    if (assignment.facts.size === 0) {
      return false;
    }
    const isRealAtom = (letter: unknown): boolean =>
      isAtomToken(letter as Atom) && variableOf(letter as Atom) === undefined;
    const inWord = word.some(isRealAtom);
    return [...assignment.facts.keys()].some((fact) => {
      const pattern = this.vocabulary.patterns.findIndex((_, number) => patternFact(number) === fact);
      if (pattern >= 0) {
        return inWord || this.vocabulary.patterns[pattern]?.tokens.some(isRealAtom) === true;
      }
      return !this.vocabulary.conditions.some((condition) =>
        condition.unknown.some((value) => factOf(condition, value) === fact && !hasAtoms(value)),
      );
    });
  }
}

/** The action of a class that a reader believes about this resource. */
export function believable({ actions }: ActionClass, resource: string | undefined): ComparedAction {
  const service = resource?.startsWith('arn:') ? resource.split(':')[2] : undefined;
  const scanned =
    actions.length <= MOST_SCANNED
      ? actions
      : [
          ...actions.filter(({ key }) => service !== undefined && key.startsWith(`${service}:`)),
          ...actions.slice(0, MOST_SCANNED),
        ];
  let best = actions[0] ?? { name: '', key: '', isFuture: false };
  let rank = -1;
  for (const action of scanned) {
    const found = rankOf(action, resource, service);
    if (found > rank) {
      best = action;
      rank = found;
    }
  }
  return best;
}

function rankOf(
  { key, name, number }: ComparedAction,
  resource: string | undefined,
  service: string | undefined,
): number {
  const known = WELL_KNOWN.includes(key) ? 1 : 0;
  const isGated = key.startsWith('kms:') || key.startsWith('sts:');
  const ownService = service !== undefined && key.startsWith(`${service}:`);
  if (number === undefined || (service !== undefined && !ownService && !known && !isGated)) {
    return ownService ? 4 : 1;
  }
  const types = findAction(name)?.resourceTypes ?? [];
  const fits =
    resource === '*' || resource === undefined
      ? types.length === 0
      : ownService && types.some((type) => type.arns.some((shape) => fitsShape(text(resource), shape) === 'yes'));
  return (fits ? 8 : 0) + (ownService ? 4 : 0) + (isGated ? 0 : 2) + known;
}

/** Variables of different keys stand for different values. */
function ordinaryVariable(key: string): string {
  const ordinary = ordinaryValue(keyType(key));
  return ordinary === 'example' ? `${ordinary}-${key.split(/[:/]/).at(-1)}` : ordinary;
}

function isAllowed({ decision }: { readonly decision: string }): boolean {
  return decision === 'Allowed';
}

function withoutLevels(given: Partial<PreparedPolicies>): Partial<PreparedPolicies> {
  return {
    ...(given.identity === undefined ? {} : { identity: given.identity }),
    ...(given.session === undefined ? {} : { session: given.session }),
  };
}

function hasAtoms(value: TextTemplate): boolean {
  return value.some((part) => 'plain' in part && part.plain.some((piece) => typeof piece !== 'string'));
}

/** Context keys as the policies spell them. */
function spelled(
  context: Readonly<Record<string, string | readonly string[]>>,
  vocabulary: Vocabulary,
): Record<string, ContextValue> {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => {
      const condition = vocabulary.conditions.find((candidate) => candidate.key === key);
      return [condition?.known.key ?? key, value];
    }),
  );
}

/** Finds values of variables for which a pattern matches a text. Undefined tokens are wildcards. */
function solve(
  tokens: readonly (Letter | undefined)[],
  written: string,
  context: Record<string, string | readonly string[]>,
): void {
  const keys: string[] = [];
  const source = tokens.map((token) => {
    if (token === undefined) {
      return '.*?';
    }
    if (typeof token === 'string') {
      return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    }
    keys.push(variableOf(token)?.key ?? '');
    return '(.*?)';
  });
  if (keys.length > 3 || keys.includes('') || tokens.filter((token) => token === undefined).length > 4) {
    return;
  }
  const match = new RegExp(`^${source.join('')}$`, 's').exec(written);
  keys.forEach((key, index) => {
    const value = match?.[index + 1];
    if (value !== undefined && context[key] === undefined) {
      context[key] = value;
    }
  });
}

function solveCondition(value: TextTemplate, key: string, context: Record<string, string | readonly string[]>): void {
  const held = context[key];
  const isSimple = value.every((part) => !('variable' in part) || context[part.variable.key] === undefined);
  if (isSimple && typeof held === 'string') {
    const tokens = value.flatMap<Letter | undefined>((part) => {
      if ('variable' in part) {
        return [variableAtom(part.variable.key)];
      }
      const plain = 'plain' in part ? (literalOf(part.plain) ?? '') : part.exact;
      return Array.from(plain).map((letter) =>
        'plain' in part && (letter === '*' || letter === '?') ? undefined : letter,
      );
    });
    solve(tokens, held, context);
    return;
  }
  const resolved = literalOf(resolveText(value, new RequestContext(context)) ?? []);
  if (resolved !== undefined && resolved !== '') {
    context[key] = resolved;
  }
}

function variableAtom(key: string): Atom {
  return { atom: `\u0000variable ${JSON.stringify([key.toLowerCase()])}` };
}
