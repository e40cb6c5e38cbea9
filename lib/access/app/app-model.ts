import type { PolicyText } from '../../policy/document/text';
import { type Acknowledgement, writtenAcknowledgements } from './acknowledgement';
import type { AppAgent } from './app-agent';
import { agentsOf } from './app-agents';
import { AppNames } from './app-names';
import { type AppParameter, parametersOf } from './app-parameter';
import type { AppResource } from './app-resource';
import type { AppRole, RoleKind } from './app-role';
import { rolesOf } from './app-roles';
import { type AppStatement, statementsOf } from './app-statement';
import type { AppTemplate } from './app-template';
import { withoutLoops } from './loops';
import { type NamedPlace, ResourceIndex } from './resource-index';
import { type UnreadPart, unreadParts } from './unread-part';
import type { Value } from './value';

/**
 * Everything the rules ask about an app: its resources, roles, policies and agents, and what names what, across stacks.
 *
 * Built once for a run, from templates as they are deployed. Values that only the deployment knows are atoms.
 */
export class AppModel {
  public readonly resources: readonly AppResource[];
  public readonly roles: readonly AppRole[];
  public readonly agents: readonly AppAgent[];
  public readonly parameters: readonly AppParameter[];
  /** What of the app its templates do not tell. */
  public readonly unread: readonly UnreadPart[];
  /** Of findings of any pack. */
  public readonly acknowledgements: readonly Acknowledgement[];
  private readonly index: ResourceIndex;
  private readonly rolesByResource: ReadonlyMap<AppResource, AppRole>;
  private readonly byType = new Map<string, AppResource[]>();
  private readonly rolesByKinds = new Map<string, readonly AppRole[]>();

  /** @param told What the templates do not say, or say less well: by default only they are read. */
  public constructor(
    written: readonly AppTemplate[],
    told: { readonly acknowledgements?: readonly Acknowledgement[] } = {},
  ) {
    const templates = written.map(withoutLoops);
    const names = new AppNames(templates);
    this.resources = names.resources;
    for (const resource of this.resources) {
      const known = this.byType.get(resource.type);
      if (known) {
        known.push(resource);
      } else {
        this.byType.set(resource.type, [resource]);
      }
    }
    this.index = new ResourceIndex(names);
    this.roles = rolesOf(this);
    this.rolesByResource = new Map(this.roles.map((role) => [role.resource, role]));
    this.agents = agentsOf(this);
    this.parameters = parametersOf(templates);
    this.unread = unreadParts(this, templates);
    this.acknowledgements = told.acknowledgements ?? writtenAcknowledgements(templates, this.resources);
  }

  /** The resources of these types, in the order of the templates. */
  public ofType(...types: readonly string[]): AppResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The roles of at least one of these kinds. */
  public rolesOf(...kinds: readonly RoleKind[]): readonly AppRole[] {
    const key = kinds.join(' ');
    let found = this.rolesByKinds.get(key);
    if (found === undefined) {
      found = this.roles.filter((role) => kinds.some((kind) => role.kinds.has(kind)));
      this.rolesByKinds.set(key, found);
    }
    return found;
  }

  /** The roles of agents: what most rules are about. */
  public get agentRoles(): readonly AppRole[] {
    return this.rolesOf('agent');
  }

  /**
   * The resource that a text names by its ARN or by `Ref`, however it is spelled.
   *
   * @param from Where the text stands: of several resources with one literal name, the nearest is meant.
   */
  public resourceOf(named: PolicyText, from?: AppResource): AppResource | undefined {
    return this.index.resourceOf(named, from);
  }

  /** The resource of a type that a text names by its ARN, by `Ref` or by its literal name. */
  public resourceCalled(type: string, named: PolicyText, from?: AppResource): AppResource | undefined {
    return this.index.resourceCalled(type, named, from);
  }

  /** The resource that a text names, or names something of, and what the text says behind it. */
  public placeOf(named: PolicyText, from?: AppResource): NamedPlace | undefined {
    return this.index.placeOf(named, from);
  }

  /** Whether a pattern of Resource takes in a resource, or what is `below` it, such as `/claims/a` in a bucket. */
  public covers(pattern: PolicyText, resource: AppResource, below?: PolicyText | string): boolean {
    return this.index.covers(pattern, resource, below);
  }

  /** The text with an ARN attribute at its beginning written out as that ARN, as far as its parts are known. */
  public spelled(named: PolicyText): PolicyText {
    return this.index.spelled(named);
  }

  /** The role that a text names, where it is part of the app. */
  public roleOf(named: PolicyText, from?: AppResource): AppRole | undefined {
    const resource = this.index.resourceCalled('AWS::IAM::Role', named, from);
    return resource && this.rolesByResource.get(resource);
  }

  /** The statements of a policy in a resource's properties: `place` is the property that holds it. */
  public statements(policy: Value, holder: AppResource, place: string): AppStatement[] {
    return statementsOf(policy, holder, place);
  }
}
