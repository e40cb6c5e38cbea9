import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** An agent's contract, as far as the tests ask for it. */
export interface Contract {
  readonly agentName: string;
  readonly host: unknown;
  readonly session: unknown;
  readonly grants: readonly { readonly id: string; readonly actions: readonly string[] }[];
  readonly size: unknown;
  readonly trust: string;
  readonly boundary: unknown;
  readonly proof: {
    readonly relation: string;
    readonly certainty: string;
    readonly catalogue: string;
    readonly witness?: unknown;
    readonly assumptions: readonly string[];
    readonly unscopable: readonly unknown[];
  };
  readonly notes: readonly string[];
}

interface Entry {
  readonly type: string;
  readonly data: unknown;
}

/** The metadata of one construct, from the manifest or the file beside it. */
export function metadataOf(assembly: CloudAssembly, path: string): readonly Entry[] {
  return assembly.stacksRecursively.flatMap((stack) => {
    const { additionalMetadataFile } = stack.manifest as { additionalMetadataFile?: string };
    const beside = additionalMetadataFile
      ? (JSON.parse(readFileSync(join(stack.assembly.directory, additionalMetadataFile), 'utf8')) as Record<
          string,
          Entry[]
        >)
      : {};
    return [...((stack.manifest.metadata?.[`/${path}`] ?? []) as Entry[]), ...(beside[`/${path}`] ?? [])];
  });
}

/** The contract of the agent at a path. */
export function contractOf(assembly: CloudAssembly, path: string): Contract {
  const found = metadataOf(assembly, path).filter(({ type }) => type === 'least-agency:agent');
  if (found.length !== 1) {
    throw new Error(`${path} has ${found.length} contracts`);
  }
  return found[0]?.data as Contract;
}

/** What the agent tells people at synth without failing. */
export function infosOf(assembly: CloudAssembly, path: string): string[] {
  return metadataOf(assembly, path)
    .filter(({ type }) => type === 'aws:cdk:info')
    .map(({ data }) => String(data));
}
