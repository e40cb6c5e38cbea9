import type { IRole } from 'aws-cdk-lib/aws-iam';
import { decide, decideOwnSide } from '../policy/evaluate/decide';
import { PolicyError } from '../policy/evaluate/policy-error';
import type { PolicySet } from '../policy/evaluate/policy-set';
import { preparePolicies } from '../policy/evaluate/prepared-policies';
import { knownAtomsOf } from '../synth/known-atoms';
import { StageIndex } from '../synth/stage-index';
import { attributeOf } from '../synth/token-text';
import { AccessError } from './access-error';
import type { AccessPolicies } from './access-policies';
import { type AccessRequest, evaluatedRequest } from './access-request';
import { AtomReader } from './atom-reader';
import { type AtomNature, boundsOf, hasAtoms } from './open-values';
import { type PolicyDecision, publicDecision } from './policy-decision';
import { rolePoliciesOf } from './role-policies';

/** What to know about a role besides the app that makes it. */
export interface RoleAccessOptions {
  /**
   * The documents of managed policies and of a boundary that the app does not make, by their ARNs.
   *
   * @default - none; an error when the role has one
   */
  readonly managedPolicies?: { readonly [arn: string]: unknown };
}

/**
 * What policies allow together: those of an identity with its boundary, or any set of policies.
 *
 * It is asked about one request with `decide`, and compared with another by `PolicyComparison.between`. It knows no
 * account: what is not among the policies given is not part of the answer.
 */
export class EffectiveAccess {
  /**
   * What policies allow that are at hand.
   *
   * Fails with `PolicyUnreadable` when IAM would refuse one of them; the error names the place.
   */
  public static ofPolicies(policies: AccessPolicies): EffectiveAccess {
    const atoms = new AtomReader();
    return new EffectiveAccess(atoms.json({ ...policies }) as PolicySet, atoms, (path) => atoms.types.get(path));
  }

  /**
   * What a role of the app may do: its inline and managed policies under its permissions boundary, as they will stand in
   * the templates of its Stage. Policies of resources are left out: they are taken as ones that leave the decision to
   * the account.
   *
   * The tree is read as it stands. After `Template.fromStack` or `app.synth()` what Aspects do is part of it.
   *
   * Fails with `RoleNotInApp` for a role that the app imports, and with `PolicyNotInApp` for a managed policy or a
   * boundary of somebody else whose document was not given.
   *
   * @param role An `iam.Role`, a `ScopedAgentRole`, or any other construct that makes a role.
   */
  public static ofRole(role: IRole, options: RoleAccessOptions = {}): EffectiveAccess {
    const atoms = new AtomReader(role);
    const index = StageIndex.now(role);
    const outside = atoms.json({ ...options.managedPolicies }) as Record<string, unknown>;
    return new EffectiveAccess(
      rolePoliciesOf(role, index, outside),
      atoms,
      (path) => index.at(path)?.type ?? atoms.types.get(path),
    );
  }

  /** @internal */
  public readonly _policies: PolicySet;
  /**
   * The type of the resource at a construct path, where it is known.
   *
   * @internal
   */
  public readonly _typeAt: (path: string) => string | undefined;
  private readonly atoms: AtomReader;

  private constructor(policies: PolicySet, atoms: AtomReader, typeAt: (path: string) => string | undefined) {
    this._policies = policies;
    this._typeAt = typeAt;
    this.atoms = atoms;
    readably(() => preparePolicies(policies));
  }

  /**
   * Decides one request, as IAM's documentation describes it.
   *
   * A resource of the app is taken to be no other than itself: it has not the name of another, nor one that is spelled
   * out where it was not given. A pattern that may take it in counts.
   *
   * Fails with `AccessRequestInvalid` when it is no request, and with `AccessUndecided` when the answer hangs on a value
   * that only the deployment knows.
   */
  public decide(request: AccessRequest): PolicyDecision {
    const asked = evaluatedRequest(request, this.atoms);
    const decided = (policies: PolicySet) =>
      readably(() => (policies.resource === undefined ? decideOwnSide : decide)(preparePolicies(policies), asked));
    const plain = decided(this._policies);
    if (!hasAtoms(this._policies) && asked.resource.every((part) => typeof part === 'string')) {
      return publicDecision(plain);
    }
    const { least, most } = boundsOf(this._policies, asked.resource, (atom) => this.natureOf(atom));
    const [atLeast, atMost] = [decided(least), decided(most)];
    if (atLeast.decision !== 'Allowed' && atMost.decision === 'Allowed') {
      throw new AccessError(
        'AccessUndecided',
        `whether ${request.action} on ${request.resource ?? '*'} is allowed hangs on a value that only the deployment ` +
          'knows; ask with the same construct that the policy has, give the stack an account and a region (env), or ' +
          'write the value out',
      );
    }
    const bound = atLeast.decision === 'Allowed' ? atLeast : atMost;
    return publicDecision(plain.decision === bound.decision ? plain : bound);
  }

  /** Attributes of resources that AWS names are names of their own; parameters, imports and the like may be anything. */
  private natureOf(atom: string): AtomNature {
    const { path, attribute = '' } = attributeOf(atom) ?? {};
    const type = path === undefined ? undefined : this._typeAt(path);
    if (
      path === undefined ||
      !/^AWS::(?!CloudFormation::)/.test(type ?? '') ||
      !/^Ref$|(Arn|Id|Name)$/.test(attribute)
    ) {
      return { kind: 'open' };
    }
    const isArn = attribute.endsWith('Arn') || knownAtomsOf(this._typeAt).isArn(atom);
    return { kind: isArn ? 'arn' : 'name', resource: path, hasNoSlash: type === 'AWS::S3::Bucket' };
  }
}

function readably<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof PolicyError ? new AccessError('PolicyUnreadable', error.message) : error;
  }
}
