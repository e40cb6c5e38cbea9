/** Finds the lines where resources begin in the text of their templates. */
export class ResourceLines {
  private readonly sources = new Map<string, ReadonlyMap<string, number>>();

  public constructor(private readonly source: (stack: string) => string) {}

  /** The line of the first key with the logical id in `Resources`; 1 where there is none. Counts from 1. */
  public of(stack: string, logicalId: string): number {
    let lines = this.sources.get(stack);
    if (lines === undefined) {
      lines = keysByLine(this.source(stack));
      this.sources.set(stack, lines);
    }
    return lines.get(logicalId) ?? 1;
  }
}

function keysByLine(source: string): ReadonlyMap<string, number> {
  return /^\s*\{/.test(source) ? jsonKeys(source) : yamlKeys(source);
}

/** The keys of the top level of `Resources`, as they are mostly written: one a line, with one indentation. */
function yamlKeys(source: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let isInside = false;
  let indentation: string | undefined;
  source.split('\n').forEach((line, index) => {
    if (/^[^\s#]/.test(line)) {
      isInside = /^(["']?)Resources\1\s*:/.test(line);
      return;
    }
    const [, blanks = '', , key = ''] = (isInside && /^(\s+)(["']?)([A-Za-z0-9]+)\2\s*:/.exec(line)) || [];
    indentation ??= key === '' ? undefined : blanks;
    if (key !== '' && blanks === indentation && !found.has(key)) {
      found.set(key, index + 1);
    }
  });
  return found;
}

function jsonKeys(source: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let inResources = false;
  source.split('\n').forEach((line, index) => {
    inResources ||= /"Resources"\s*:/.test(line);
    for (const [, key] of inResources ? line.matchAll(/"([A-Za-z0-9]+)"\s*:\s*(?:\{|$)/g) : []) {
      if (key !== undefined && !found.has(key)) {
        found.set(key, index + 1);
      }
    }
  });
  return found;
}
