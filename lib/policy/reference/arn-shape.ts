import { literalOf, type PolicyText, text } from '../document/text';
import { PARTS, splitParts } from '../match/arn-like';
import { ANY, compileGlob, type Glob, type GlobToken, globTokens, type Letter, matchesGlob, ONE } from '../match/glob';

/** One step of a shape: a literal letter, or what a variable may hold. */
type ShapeStep = string | VariableStep;

/** One letter of a variable (`repeats` false), or any number of further ones. */
interface VariableStep {
  readonly repeats: boolean;
  /** Letters the variable cannot hold. */
  readonly without: string;
}

/** Names and versions that hold no slash and no colon, so that what follows one of these is another type of resource. */
const PLAIN_NAMES = /^(BucketName|FunctionName|QueueName|TableName|.*Version(Id|Number)?)$/;

/** Ids that cannot hold a slash: guides of AWS write `runtime/ID/endpoint/NAME`, which is no runtime and no endpoint. */
const PLAIN_IDS: ReadonlySet<string> = new Set([
  'AgentId',
  'DirectoryId',
  'FlowId',
  'HarnessId',
  'RuntimeId',
  'TokenVaultId',
]);

/**
 * Whether a resource of a policy can match an ARN of a shape such as
 * `arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}`.
 *
 * A variable holds any letters, at least one in the resource part. Partition, region and account hold no colon or
 * slash; names of buckets, functions, queues and tables, and versions, neither; ids of agents and of what stands above
 * others in AgentCore no slash. Other names may, since many do: `yes` is no proof that the resource exists. Where the
 * resource is written with all its parts, a name holds none of the colons between them: `arn:aws:bedrock:*:*:agent/*` is
 * no guardrail.
 *
 * @returns `yes` when some value of the resource's wildcards and atoms makes such an ARN, `no` when none does, and
 *   `unknown` when the resource is nothing but one atom.
 */
export function fitsShape(resource: PolicyText, shape: string): 'yes' | 'no' | 'unknown' {
  if (resource.length === 1 && literalOf(resource) === undefined) {
    return 'unknown';
  }
  const read = readResource(resource);
  let fits = read.fits.get(shape);
  if (fits === undefined) {
    fits = isSameKind(read, compiledShape(shape));
    read.fits.set(shape, fits);
  }
  return fits ? 'yes' : 'no';
}

function isSameKind({ tokens, whole, named }: ReadResource, shape: CompiledShape): boolean {
  const { service } = shape;
  if (named !== undefined && service !== undefined && named !== service) {
    return false;
  }
  return overlaps(tokens, shape) || (whole !== tokens && overlaps(whole, shape));
}

interface ReadResource {
  readonly tokens: readonly GlobToken[];
  /** The same, as IAM completes it. */
  readonly whole: readonly GlobToken[];
  /** The service that it names for sure. */
  readonly named: string | undefined;
  /** The resource part of an ARN, where it has a `*`. */
  readonly tail: Glob | undefined;
  /** Answers of `fitsShape`, by shape: a resource is asked about again and again. */
  readonly fits: Map<string, boolean>;
  /** Answers of `isWholeType`, by shape. */
  wholeTypes?: Map<string, boolean>;
}

const read = new WeakMap<PolicyText, ReadResource>();

function readResource(resource: PolicyText): ReadResource {
  let known = read.get(resource);
  if (known === undefined) {
    const tokens = globTokens(resource);
    const [first] = resource;
    const named = typeof first === 'string' ? serviceIn(first) : undefined;
    const whole = completed(tokens);
    const tail = whole.lastIndexOf(ANY) < 0 ? undefined : tailOf(whole);
    known = {
      tokens,
      whole,
      named,
      tail: tail?.includes(ANY) ? compileGlob(tail) : undefined,
      fits: new Map(),
    };
    read.set(resource, known);
  }
  return known;
}

/**
 * Whether a resource takes in every resource of a shape's type: `*`, or an ARN that fits and whose resource part has
 * nothing but wildcards where the shape has variables. Partition, region and account do not matter.
 */
export function isWholeType(resource: PolicyText, shape: string): boolean {
  const read = readResource(resource);
  const { tokens, tail } = read;
  if (tokens.length > 0 && tokens.every((token) => token === ANY)) {
    return true;
  }
  if (tail === undefined) {
    return false;
  }
  read.wholeTypes ??= new Map();
  let whole = read.wholeTypes.get(shape);
  if (whole === undefined) {
    whole = fitsShape(resource, shape) === 'yes' && matchesGlob(tail, compiledShape(shape).tail);
    read.wholeTypes.set(shape, whole);
  }
  return whole;
}

/** Whether a resource may be all of some type at all: it ends in a resource part with a `*`, or is nothing but `*`. */
export function mayBeWholeType(resource: PolicyText): boolean {
  const { tokens, tail } = readResource(resource);
  return tail !== undefined || (tokens.length > 0 && tokens.every((token) => token === ANY));
}

const ARN_START = ['a', 'r', 'n', ':'];

/** An ARN with fewer than six parts, as IAM completes it. */
function completed(tokens: readonly GlobToken[]): readonly GlobToken[] {
  if (ARN_START.some((letter, index) => tokens[index] !== letter)) {
    return tokens;
  }
  const missing = PARTS - 1 - tokens.filter((token) => token === ':').length;
  if (missing <= 0 || tokens.some((token) => typeof token === 'object')) {
    return tokens;
  }
  return [...tokens, ...Array.from({ length: missing }).flatMap<GlobToken>(() => [':', ANY])];
}

/** What stands behind the fifth colon. */
function tailOf(tokens: readonly GlobToken[]): readonly GlobToken[] | undefined {
  const at = afterColons(tokens);
  return at === 0 ? undefined : tokens.slice(at);
}

/** The place behind the fifth colon; 0 where there are fewer. */
function afterColons(tokens: readonly (GlobToken | ShapeStep)[]): number {
  let at = -1;
  for (let part = 1; part < PARTS; part++) {
    at = tokens.indexOf(':', at + 1);
    if (at < 0) {
      return 0;
    }
  }
  return at + 1;
}

/** The letters of a shape; a variable is an atom named by its text. */
function shapeLetters(shape: string): Letter[] {
  return shape
    .split(/(\$\{[^}]*\})/)
    .flatMap<Letter>((part) => (part.startsWith('${') ? [{ atom: part.slice(2, -1) }] : Array.from(part)));
}

interface CompiledShape {
  readonly steps: readonly ShapeStep[];
  /** The step that the resource part begins with. */
  readonly tailAt: number;
  /** The service that all ARNs of the shape name. */
  readonly service: string | undefined;
  /** The resource part; a variable is a letter of its own in it, which only a `*` can take. */
  readonly tail: PolicyText;
}

const compiled = new Map<string, CompiledShape>();

/** A shape ready to compare. There are only so many, and the same are asked about again and again. */
function compiledShape(shape: string): CompiledShape {
  let known = compiled.get(shape);
  if (known === undefined) {
    const steps = shapeSteps(shape);
    known = {
      steps,
      tailAt: afterColons(steps),
      service: serviceIn(shape.replace(/^arn:\$\{[^}]*\}/, 'arn:')),
      tail: text(...(splitParts(shapeLetters(shape))[PARTS - 1] ?? [])),
    };
    compiled.set(shape, known);
  }
  return known;
}

/** The service that a text of an ARN names for sure. */
function serviceIn(arn: string): string | undefined {
  return /^arn:[^:/*?$]*:([^:*?$]+):/.exec(arn)?.[1];
}

function shapeSteps(shape: string): ShapeStep[] {
  return splitParts(shapeLetters(shape)).flatMap((part, index) => [
    ...(index === 0 ? [] : [':']),
    ...part.flatMap<ShapeStep>((letter) => {
      if (typeof letter === 'string') {
        return [letter];
      }
      const without = index < PARTS - 1 || PLAIN_NAMES.test(letter.atom) ? ':/' : PLAIN_IDS.has(letter.atom) ? '/' : '';
      const more = { repeats: true, without };
      return index < PARTS - 1 ? [more] : [{ repeats: false, without }, more];
    }),
  ]);
}

/** Whether some text is both what the tokens match and what the shape describes. */
function overlaps(tokens: readonly GlobToken[], shape: CompiledShape): boolean {
  const place = plainBeginning(tokens, shape.steps);
  return place !== undefined && overlapsFrom(place, tokens, shape);
}

type Place = readonly [token: number, step: number];

/**
 * Follows both as long as there is one way to go on, which for most ARNs is to the end or to the first difference.
 *
 * @returns where more than one way is open, or nothing where they differ.
 */
function plainBeginning(tokens: readonly GlobToken[], steps: readonly ShapeStep[]): Place | undefined {
  let at = 0;
  let step = 0;
  while (at < tokens.length && step < steps.length) {
    const token = tokens[at];
    const shape = steps[step];
    const next = steps[step + 1];
    if (typeof token !== 'string' || shape === undefined) {
      return [at, step];
    }
    if (typeof shape === 'string') {
      if (token !== shape) {
        return undefined;
      }
      at++;
      step++;
    } else if (shape.without.includes(token)) {
      if (!shape.repeats) {
        return undefined;
      }
      step++;
    } else if (!shape.repeats) {
      at++;
      step++;
    } else if (next === undefined || (typeof next === 'string' && next !== token)) {
      at++;
    } else {
      return [at, step];
    }
  }
  return [at, step];
}

function overlapsFrom(
  [from, first]: Place,
  tokens: readonly GlobToken[],
  { steps, tailAt: shapeTail }: CompiledShape,
): boolean {
  const tail = ARN_START.some((letter, index) => tokens[index] !== letter) ? 0 : afterColons(tokens);
  const width = steps.length + 1;
  const seen = new Uint8Array((tokens.length - from + 1) * width);
  // Pairs of places, flat: this is asked for every action of every statement.
  const open = [from, first];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const at = open.pop() ?? 0;
    const index = (at - from) * width + step;
    if (seen[index] === 1) {
      continue;
    }
    seen[index] = 1;
    if (at === tokens.length && step === steps.length) {
      return true;
    }
    const token = tokens[at];
    const shape = steps[step];
    const tokenRepeats = token === ANY || typeof token === 'object';
    const shapeRepeats = typeof shape === 'object' && shape.repeats;
    if (tokenRepeats) {
      open.push(at + 1, step);
    }
    if (shapeRepeats) {
      open.push(at, step + 1);
    }
    const isBetweenParts = token === ':' && at < tail && step >= shapeTail && typeof shape === 'object';
    if (token !== undefined && shape !== undefined && !isBetweenParts && shareLetter(token, shape)) {
      open.push(tokenRepeats ? at : at + 1, shapeRepeats ? step : step + 1);
    }
  }
  return false;
}

/** Values of CloudFormation that are one part of an ARN, or less: no colon and no slash is in them. */
const ONE_PART: ReadonlySet<string> = new Set(['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::StackName']);

function shareLetter(token: GlobToken, step: ShapeStep): boolean {
  if (typeof token === 'object') {
    return typeof step === 'object' || !/[:/]/.test(step) || !ONE_PART.has(token.atom);
  }
  if (typeof token !== 'string') {
    return token === ANY || token === ONE;
  }
  return typeof step === 'string' ? token === step : !step.without.includes(token);
}
