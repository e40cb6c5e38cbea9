import { literalOf, type PolicyText, text } from '../document/text';
import { PARTS, splitParts } from '../match/arn-like';
import { ANY, compileGlob, type GlobToken, globTokens, type Letter, matchesGlob, ONE } from '../match/glob';

/** One step of a shape: a literal letter, or what a variable may hold. */
type ShapeStep = string | VariableStep;

/** One letter of a variable (`repeats` false), or any number of further ones. */
interface VariableStep {
  readonly repeats: boolean;
  /** Letters the variable cannot hold. */
  readonly without: string;
}

/** Names that cannot hold a slash or a colon, so that what follows one of these is another type of resource. */
const PLAIN_NAMES: ReadonlySet<string> = new Set(['BucketName', 'FunctionName', 'QueueName', 'TableName']);

/**
 * Whether a resource of a policy can match an ARN of a shape such as
 * `arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}`.
 *
 * A variable holds any letters, at least one in the resource part. Partition, region and account hold no colon or
 * slash; names of buckets, functions, queues and tables neither. Other names may, since many do: `yes` is no proof that
 * the resource exists.
 *
 * @returns `yes` when some value of the resource's wildcards and atoms makes such an ARN, `no` when none does, and
 *   `unknown` when the resource is nothing but one atom.
 */
export function fitsShape(resource: PolicyText, shape: string): 'yes' | 'no' | 'unknown' {
  if (resource.length === 1 && literalOf(resource) === undefined) {
    return 'unknown';
  }
  const { steps, service } = compiledShape(shape);
  const [first] = resource;
  const named = typeof first === 'string' ? serviceIn(first) : undefined;
  if (named !== undefined && service !== undefined && named !== service) {
    return 'no';
  }
  const tokens = globTokens(resource);
  return overlaps(tokens, steps) || overlaps(completed(tokens), steps) ? 'yes' : 'no';
}

/**
 * Whether a resource takes in every resource of a shape's type: `*`, or an ARN that fits and whose resource part has
 * nothing but wildcards where the shape has variables. Partition, region and account do not matter.
 */
export function isWholeType(resource: PolicyText, shape: string): boolean {
  const tokens = globTokens(resource);
  if (tokens.length > 0 && tokens.every((token) => token === ANY)) {
    return true;
  }
  const tail = splitParts(completed(tokens))[PARTS - 1];
  if (tail === undefined || !tail.includes(ANY) || fitsShape(resource, shape) !== 'yes') {
    return false;
  }
  // A variable becomes a letter of its own, which only a `*` can take.
  const shapeTail = splitParts(shapeLetters(shape))[PARTS - 1] ?? [];
  return matchesGlob(compileGlob(tail), text(...shapeTail));
}

/** An ARN with fewer than six parts, as IAM completes it. */
function completed(tokens: readonly GlobToken[]): readonly GlobToken[] {
  const parts = splitParts(tokens);
  const isArn = parts.length > 1 && parts[0]?.every((token) => typeof token === 'string');
  if (!isArn || parts[0]?.join('') !== 'arn' || tokens.some((token) => typeof token === 'object')) {
    return tokens;
  }
  return [...tokens, ...Array.from({ length: PARTS - parts.length }).flatMap<GlobToken>(() => [':', ANY])];
}

/** The letters of a shape; a variable is an atom named by its text. */
function shapeLetters(shape: string): Letter[] {
  return shape
    .split(/(\$\{[^}]*\})/)
    .flatMap<Letter>((part) => (part.startsWith('${') ? [{ atom: part.slice(2, -1) }] : Array.from(part)));
}

interface CompiledShape {
  readonly steps: readonly ShapeStep[];
  /** The service that all ARNs of the shape name. */
  readonly service: string | undefined;
}

const compiled = new Map<string, CompiledShape>();

/** A shape ready to compare. There are only so many, and the same are asked about again and again. */
function compiledShape(shape: string): CompiledShape {
  let known = compiled.get(shape);
  if (known === undefined) {
    known = { steps: shapeSteps(shape), service: serviceIn(shape.replace(/^arn:\$\{[^}]*\}/, 'arn:')) };
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
      const without = index < PARTS - 1 || PLAIN_NAMES.has(letter.atom) ? ':/' : '';
      const more = { repeats: true, without };
      return index < PARTS - 1 ? [more] : [{ repeats: false, without }, more];
    }),
  ]);
}

/** Whether some text is both what the tokens match and what the shape describes. */
function overlaps(tokens: readonly GlobToken[], steps: readonly ShapeStep[]): boolean {
  const width = steps.length + 1;
  const seen = new Uint8Array((tokens.length + 1) * width);
  const open: [token: number, step: number][] = [[0, 0]];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const [at, step] = place;
    if (seen[at * width + step] === 1) {
      continue;
    }
    seen[at * width + step] = 1;
    if (at === tokens.length && step === steps.length) {
      return true;
    }
    const token = tokens[at];
    const shape = steps[step];
    const tokenRepeats = token === ANY || typeof token === 'object';
    const shapeRepeats = typeof shape === 'object' && shape.repeats;
    if (tokenRepeats) {
      open.push([at + 1, step]);
    }
    if (shapeRepeats) {
      open.push([at, step + 1]);
    }
    if (token !== undefined && shape !== undefined && shareLetter(token, shape)) {
      open.push([tokenRepeats ? at : at + 1, shapeRepeats ? step : step + 1]);
    }
  }
  return false;
}

function shareLetter(token: GlobToken, step: ShapeStep): boolean {
  if (typeof token !== 'string') {
    return token === ANY || token === ONE || typeof token === 'object';
  }
  return typeof step === 'string' ? token === step : !step.without.includes(token);
}
