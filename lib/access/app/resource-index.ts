import { type Atom, literalOf, type PolicyText, text, textKey } from '../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../policy/match/glob';
import type { AppNames } from './app-names';
import type { AppResource } from './app-resource';
import { type ArnParts, arnParts } from './arn-parts';
import { behindArn, type SpelledArn, spelledArns } from './resource-arns';

/** A resource that a text names, and what the text says behind it, such as `/claims/*` of a bucket. */
export interface NamedPlace {
  readonly resource: AppResource;
  readonly rest: PolicyText;
}

/** Finds the resource of the app that a text names, however it is spelled. */
export class ResourceIndex {
  private readonly byArn = new Map<string, AppResource[]>();
  private readonly byName = new Map<string, AppResource[]>();
  private readonly spellings = new Map<AppResource, SpelledArn[]>();
  /** What has been found, by the text: rules ask of the same ones. */
  private readonly places = new WeakMap<PolicyText, NamedPlace | undefined>();

  public constructor(private readonly names: AppNames) {
    for (const resource of names.resources) {
      const spelled = spelledArns(resource);
      this.spellings.set(resource, spelled);
      for (const { service, tail } of spelled) {
        add(this.byArn, `${service} ${textKey(tail)}`, resource);
      }
      for (const name of namesByType(resource)) {
        add(this.byName, `${resource.type} ${name}`, resource);
      }
    }
  }

  /**
   * The resource that a text names by its ARN or by `Ref`, and nothing behind it.
   *
   * @param from Where the text stands: of several resources with one literal name, the nearest is meant.
   */
  public resourceOf(named: PolicyText, from?: AppResource): AppResource | undefined {
    const place = this.placeOf(named, from);
    return place?.rest.length === 0 ? place.resource : undefined;
  }

  /** The resource of a type that a text names by its ARN, by `Ref` or by its name as the template writes it. */
  public resourceCalled(type: string, named: PolicyText, from?: AppResource): AppResource | undefined {
    const found = nearest(this.byName.get(`${type} ${textKey(named)}`) ?? [], from);
    const resource = found ?? this.resourceOf(named, from);
    return resource?.type === type ? resource : undefined;
  }

  /** The resource that a text names, or names something of: an alias of a function, an object of a bucket. */
  public placeOf(named: PolicyText, from?: AppResource): NamedPlace | undefined {
    if (from !== undefined) {
      return this.searched(named, from);
    }
    if (!this.places.has(named)) {
      this.places.set(named, this.searched(named, from));
    }
    return this.places.get(named);
  }

  private searched(named: PolicyText, from: AppResource | undefined): NamedPlace | undefined {
    const [first, ...rest] = named;
    if (typeof first === 'object') {
      const resource = this.atomResource(first);
      return resource && { resource, rest };
    }
    const parts = arnParts(named);
    const service = parts && literalOf(parts.service);
    if (parts?.tail === undefined || service === undefined) {
      return undefined;
    }
    for (const [tail, behind] of prefixesOf(parts.tail)) {
      const candidates = this.byArn.get(`${service} ${textKey(tail)}`) ?? [];
      const resource = nearest(
        candidates.filter((candidate) => mayBeIn(parts, candidate)),
        from,
      );
      if (resource) {
        return { resource, rest: behind };
      }
    }
    return undefined;
  }

  /**
   * Whether a pattern of Resource takes in a resource, or something of it: `below` is what stands behind its ARN, such
   * as `/claims/a`. A name that only the deployment knows is taken in by wildcards and by itself.
   */
  public covers(pattern: PolicyText, resource: AppResource, below: PolicyText | string = ''): boolean {
    const literal = literalOf(pattern);
    if (literal !== undefined && /^\*+$/.test(literal)) {
      return true;
    }
    const place = this.placeOf(pattern);
    if (place?.resource === resource) {
      return globCovers(place.rest, text(below));
    }
    const parts = arnParts(pattern);
    if (parts === undefined) {
      return false;
    }
    return (this.spellings.get(resource) ?? []).some(
      ({ service, global, tail }) =>
        globCovers(parts.service, text(service)) &&
        mayBeIn(parts, resource, global) &&
        globCovers(parts.tail ?? text('*'), text(tail, below)),
    );
  }

  /**
   * The text with an attribute that answers an ARN, at its beginning, written out as that ARN: what is known of its
   * parts can be compared then. The same text where it begins with something else.
   */
  public spelled(named: PolicyText): PolicyText {
    const [first, ...rest] = named;
    const resource = typeof first === 'object' && first.atom.endsWith('.Arn') ? this.atomResource(first) : undefined;
    const [arn] = resource === undefined ? [] : (this.spellings.get(resource) ?? []).slice(-1);
    if (resource === undefined || arn === undefined) {
      return named;
    }
    const { account, region } = resource.template;
    const isBucket = resource.type === 'AWS::S3::Bucket';
    return text(
      'arn:',
      { atom: 'AWS::Partition' },
      `:${arn.service}:`,
      arn.global ? '' : (region ?? { atom: 'AWS::Region' }),
      ':',
      isBucket ? '' : (account ?? { atom: 'AWS::AccountId' }),
      ':',
      arn.tail,
      ...(rest.length === 0 ? [behindArn(resource.type)] : rest),
    );
  }

  private atomResource({ atom }: Atom): AppResource | undefined {
    const match = /^(\{.+\})\.(Ref|Arn|\w*Id|Id|\w*Identifier)$/.exec(atom);
    return match?.[1] === undefined ? undefined : this.names.at(match[1]);
  }
}

/** Whether an ARN's partition, region and account leave it open that it is this resource. */
function mayBeIn({ region, account }: ArnParts, { template }: AppResource, global = false): boolean {
  const fits = (said: PolicyText, actual: string | undefined): boolean => {
    const known = literalOf(said);
    return known === undefined || known === '' || actual === undefined || globCovers(said, text(actual));
  };
  return fits(account, template.account) && (global || fits(region, template.region));
}

/** Of resources with one name, the one of the same template, else of the same account and region, else the first. */
function nearest(candidates: readonly AppResource[], from: AppResource | undefined): AppResource | undefined {
  const [first, ...others] = candidates;
  if (from === undefined || others.length === 0) {
    return first;
  }
  const { template } = from;
  return (
    candidates.find((candidate) => candidate.template === template) ??
    candidates.find(
      (candidate) => candidate.template.account === template.account && candidate.template.region === template.region,
    ) ??
    first
  );
}

function globCovers(pattern: PolicyText, target: PolicyText): boolean {
  return matchesGlob(compileGlob(globTokens(pattern)), target);
}

/** A tail and what stands behind it, the longest first: cut at slashes and colons. */
function* prefixesOf(tail: PolicyText): Generator<readonly [PolicyText, PolicyText]> {
  yield [tail, []];
  for (let at = tail.length - 1; at >= 0; at--) {
    const part = tail[at];
    if (typeof part !== 'string') {
      continue;
    }
    for (let cut = part.length - 1; cut >= 0; cut--) {
      if (part[cut] === '/' || part[cut] === ':') {
        yield [text(...tail.slice(0, at), part.slice(0, cut)), text(part.slice(cut), ...tail.slice(at + 1))];
      }
    }
  }
}

function namesByType(resource: AppResource): string[] {
  const property = NAME_PROPERTIES[resource.type];
  return property === undefined ? [] : resource.get(property).texts().map(textKey);
}

const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Serverless::Function': 'FunctionName',
};

function add<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) {
    map.set(key, [item]);
  } else if (!items.includes(item)) {
    items.push(item);
  }
}
