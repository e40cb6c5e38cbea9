import { App, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** That somebody acknowledged a finding or a rule, on a construct of the app. */
export interface TreeAcknowledgement {
  /** As CDK keeps it: `LeastAgency::LeastAgency-TrustPublic-3f9c2a1b`; what was written without prefix begins with `Annotation::`. */
  readonly id: string;
  readonly reason: string;
  readonly constructPath: string;
  readonly level: 'app' | 'stage' | 'stack' | 'construct';
}

/** All acknowledgements in a tree whose ids have the given text in them; of several on one construct the last stands. */
export function acknowledgementsIn(root: IConstruct, text: string): TreeAcknowledgement[] {
  const found = new Map<string, TreeAcknowledgement>();
  for (const construct of root.node.findAll()) {
    for (const { type, data } of construct.node.metadata) {
      if (type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && typeof data === 'object' && data !== null) {
        for (const [id, reason] of Object.entries(data).filter(([known]) => known.includes(text))) {
          const constructPath = construct.node.path;
          const level = levelOf(construct);
          found.set(`${id} ${constructPath}`, { id, reason: String(reason), constructPath, level });
        }
      }
    }
  }
  return [...found.values()];
}

function levelOf(construct: IConstruct): TreeAcknowledgement['level'] {
  return App.isApp(construct)
    ? 'app'
    : Stage.isStage(construct)
      ? 'stage'
      : Stack.isStack(construct)
        ? 'stack'
        : 'construct';
}
