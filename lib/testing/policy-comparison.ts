import {
  type AccessChange as ComparedChange,
  type PolicyComparison as Comparison,
  comparePolicies,
} from '../policy/compare/compare-policies';
import { plainAtoms } from '../policy/compare/covered';
import type { PolicyText } from '../policy/document/text';
import { PolicyError } from '../policy/evaluate/policy-error';
import { preparePolicies } from '../policy/evaluate/prepared-policies';
import { knownAtomsOf } from '../synth/known-atoms';
import { shownText } from '../synth/shown-text';
import { AccessError } from './access-error';
import type { EffectiveAccess } from './effective-access';

/** How access changed. */
export enum AccessRelation {
  /** The same requests are allowed. */
  EQUAL = 'equal',
  /** Requests were lost, and none gained. */
  NARROWED = 'narrowed',
  /** Requests were gained, or may have been. */
  BROADENED = 'broadened',
  /** Requests were gained, and others lost. */
  MIXED = 'mixed',
}

/** How sure it is what changed. */
export enum AccessCertainty {
  /** No request at all gained access. */
  PROVED = 'proved',
  /** A request shows the change. */
  WITNESS = 'witness',
  /** The change could not be ruled out, and no request shows it for sure. */
  MAY = 'may',
}

/** How far a change reaches. */
export enum AccessScope {
  /** One resource. */
  ONE_RESOURCE = 'one resource',
  /** All resources whose names begin alike. */
  SUBTREE = 'a subtree',
  /** All resources of one type. */
  ALL_OF_A_TYPE = 'all of a type',
  /** The same resource in other accounts or regions. */
  OTHER_ACCOUNTS_OR_REGIONS = 'other accounts or regions',
  /** Any resource. */
  ANYTHING = 'anything',
  /** Actions that AWS does not have yet, and that a wildcard would take in. */
  FUTURE_ACTIONS = 'actions that AWS may add',
}

/** A request that one side allows and the other does not. */
export interface AccessWitness {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN; a value that only the deployment knows is shown as `<construct path.attribute>`. */
  readonly resource: string;
  /** The condition keys that the request carries, each a string, number, Boolean, or a list of them. */
  readonly context: { readonly [key: string]: unknown };
}

/** One part of what was gained or lost. */
export interface AccessChange {
  /** `WITNESS` or `MAY`. */
  readonly certainty: AccessCertainty;
  /** How far the change reaches. */
  readonly scope: AccessScope;
  /** The access levels of the actions, in the words of the service authorization reference: `List` to `Permissions management`. */
  readonly accessLevels: string[];
  /**
   * A request that shows the change; an example at best where the certainty is `MAY`.
   *
   * @default - no request was found
   */
  readonly witness?: AccessWitness;
  /**
   * What could not be decided, where the certainty is `MAY`.
   *
   * @default - all was decided
   */
  readonly because?: string;
}

/**
 * How what policies allow changed, for every request that there can be.
 *
 * What cannot be decided counts as gained: `EQUAL` and `NARROWED` are never said of a change that lets one more request
 * through. A comparison takes up to about a second where patterns are tangled, and milliseconds usually.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class PolicyComparison {
  /**
   * Compares the policies of an identity before and after a change: `identity`, `boundary`, `session`, `scp` and `rcp`.
   * Two policies of resources are compared where both sides have nothing else but `resource` and `rcp`: for callers of
   * another account whose own policies allow everything.
   *
   * Fails with `PoliciesNotComparable` when one side has policies of resources beside those of an identity.
   */
  public static between(before: EffectiveAccess, after: EffectiveAccess): PolicyComparison {
    const sides = [before._policies, after._policies];
    const type = sides.some(({ resource }) => resource !== undefined) ? 'resource' : 'identity';
    const known = knownAtomsOf((path) => {
      const [was, is] = [before._typeAt(path), after._typeAt(path)];
      return was === undefined || was === is ? is : is === undefined ? was : undefined;
    });
    try {
      return new PolicyComparison(
        comparePolicies(before._policies, after._policies, {
          type,
          isPlainAtom: plainAtoms([before, after].flatMap(resourcePatterns), known),
        }),
      );
    } catch (error) {
      throw error instanceof PolicyError ? new AccessError('PoliciesNotComparable', error.message) : error;
    }
  }

  /** How access changed. */
  public readonly relation: AccessRelation;
  /** How sure that is. */
  public readonly certainty: AccessCertainty;
  /** What only the policies after the change allow. Empty when it is proved that there is none. */
  public readonly gained: AccessChange[];
  /** What only the policies before the change allow. */
  public readonly lost: AccessChange[];
  /** The version of the service reference that stands for "all actions". */
  public readonly catalogue: string;

  private constructor({ relation, certainty, gained, lost, catalogue }: Comparison) {
    this.relation = RELATIONS[relation];
    this.certainty = CERTAINTIES[certainty];
    this.gained = gained.map(publicChange);
    this.lost = lost.map(publicChange);
    this.catalogue = catalogue;
  }

  /** Whether it is proved that no request gained access. */
  public get gainsNothing(): boolean {
    return this.gained.length === 0;
  }

  /** The change in words, a line for each part of it. For people: the wording may change. */
  public describe(): string {
    const lines = [
      ...this.gained.map((change) => `gained ${inWords(change)}`),
      ...this.lost.map((change) => `lost ${inWords(change)}`),
    ];
    return lines.length === 1
      ? `${this.relation}: ${lines[0]}`
      : [this.relation, ...lines.map((line) => `  ${line}`)].join('\n');
  }
}

const RELATIONS = {
  equal: AccessRelation.EQUAL,
  narrowed: AccessRelation.NARROWED,
  broadened: AccessRelation.BROADENED,
  mixed: AccessRelation.MIXED,
} as const;

const CERTAINTIES = {
  proved: AccessCertainty.PROVED,
  witness: AccessCertainty.WITNESS,
  may: AccessCertainty.MAY,
} as const;

const SCOPES = {
  'one resource': AccessScope.ONE_RESOURCE,
  'a subtree': AccessScope.SUBTREE,
  'all of a type': AccessScope.ALL_OF_A_TYPE,
  'other accounts or regions': AccessScope.OTHER_ACCOUNTS_OR_REGIONS,
  anything: AccessScope.ANYTHING,
  'actions that AWS may add': AccessScope.FUTURE_ACTIONS,
} as const;

function publicChange({ certainty, scope, levels, witness, because }: ComparedChange): AccessChange {
  return {
    certainty: CERTAINTIES[certainty],
    scope: SCOPES[scope],
    accessLevels: [...levels],
    ...(witness === undefined
      ? {}
      : {
          witness: {
            action: witness.action,
            resource: typeof witness.resource === 'string' ? witness.resource : shownText(witness.resource),
            context: witness.context,
          },
        }),
    ...(because === undefined ? {} : { because }),
  };
}

function inWords({ certainty, witness, accessLevels, scope, because }: AccessChange): string {
  const keys = Object.entries(witness?.context ?? {}).map(([key, value]) => `${key} = ${[value].flat().join(', ')}`);
  const request =
    witness === undefined
      ? 'what no request shows'
      : `${witness.action} on ${witness.resource}${keys.length === 0 ? '' : ` where ${keys.join(' and ')}`}`;
  const sure = certainty === AccessCertainty.MAY ? `perhaps ${request}` : request;
  return `${sure} (${[...accessLevels, scope].join(', ')})${because === undefined ? '' : `: ${because}`}`;
}

function resourcePatterns({ _policies: policies }: EffectiveAccess): PolicyText[] {
  const prepared = preparePolicies(policies);
  const layers = [
    prepared.identity,
    prepared.boundary,
    prepared.session,
    prepared.resource,
    ...prepared.scp,
    ...prepared.rcp,
  ];
  return layers.flatMap((layer) => layer?.statements ?? []).flatMap(({ written }) => written.resource?.patterns ?? []);
}
