import { CfnElement, Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** The stacks of a tree, nested ones and those of Stages too, each before those inside it. */
export function stacksIn(construct: IConstruct): Stack[] {
  const inside = construct.node.children.flatMap(stacksIn);
  return Stack.isStack(construct) ? [construct, ...inside] : inside;
}

/** The elements of the template of one stack, without those of the stacks inside it. */
export function* elementsOf(construct: IConstruct): Generator<CfnElement> {
  if (CfnElement.isCfnElement(construct)) {
    yield construct;
  }
  for (const child of construct.node.children) {
    if (!Stack.isStack(child) && !Stage.isStage(child)) {
      yield* elementsOf(child);
    }
  }
}
