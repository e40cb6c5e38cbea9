import type { TextStatement } from '../../policy/compare/text-statement';
import type { IndexedResource, StageIndex } from '../../synth/stage-index';
import { type ReadStatement, readDocument } from '../../synth/statement-text';
import { unfolded } from '../../synth/unfolded';
import type { SealedAgent } from '../sealed-agent';
import type { ReachingStatement } from './attached-policies';

/** Every statement of the Stage that reaches an agent's role, the boundary left out. */
export interface EffectiveAccess {
  /** What the role and its own policies hold in the template. */
  readonly own: readonly TextStatement[];
  /** What policies that were attached from outside hold. */
  readonly attached: readonly TextStatement[];
  /** What policies on resources allow the agent. */
  readonly resourceSide: readonly TextStatement[];
  /** Why some of it can't be judged. */
  readonly unreadable: readonly string[];
}

/**
 * Puts together what reaches the role.
 *
 * @param isIntact Whether the role and its own policies stand in the template as they were made. They are the working
 * set then, and are not read once more.
 */
export function effectiveAccess(
  agent: SealedAgent,
  index: StageIndex,
  isIntact: boolean,
  attached: readonly ReachingStatement[],
  resourceSide: readonly ReachingStatement[],
): EffectiveAccess {
  const own = isIntact ? [] : renderedStatements(agent, index);
  const foreign = attached.map(({ entry }) => entry);
  const granted = resourceSide.map(({ entry }) => entry);
  return {
    own: isIntact ? agent._workingSet.statements.map(({ text }) => text) : readable(own),
    attached: readable(foreign),
    resourceSide: readable(granted),
    unreadable: [...own, ...foreign, ...granted].flatMap((entry) => ('unreadable' in entry ? [entry.unreadable] : [])),
  };
}

function readable(entries: readonly ReadStatement[]): TextStatement[] {
  return entries.flatMap((entry) => ('unreadable' in entry ? [] : [entry.statement]));
}

/** What the role and its own policies hold, property overrides included. */
function renderedStatements(agent: SealedAgent, index: StageIndex): ReadStatement[] {
  const role = index.at(agent._role.node.path);
  const policies = agent._attachments.filled.flatMap(({ resource }) => index.at(resource.node.path) ?? []);
  const { Policies: inline = [], ManagedPolicyArns: managed = [] } = role?.properties ?? {};
  return [
    ...policies.flatMap((policy) => statementsIn(policy, policy.properties.PolicyDocument, index)),
    ...(role === undefined ? [] : listOf(inline).flatMap((policy) => statementsIn(role, documentOf(policy), index))),
    ...(role === undefined ? [] : listOf(managed).flatMap((arn) => managedStatements(role, arn, index))),
  ];
}

function managedStatements(role: IndexedResource, arn: unknown, index: StageIndex): ReadStatement[] {
  const policy = index.resourceOf(index.text(arn, role.stack));
  return policy?.type === 'AWS::IAM::ManagedPolicy'
    ? statementsIn(policy, policy.properties.PolicyDocument, index)
    : [{ unreadable: 'a managed policy of the role is not part of the app' }];
}

function statementsIn(resource: IndexedResource, document: unknown, index: StageIndex): ReadStatement[] {
  const read = (value: unknown) => index.text(value, resource.stack);
  return readDocument(unfolded(document, read), read);
}

function documentOf(policy: unknown): unknown {
  return typeof policy === 'object' && policy !== null && 'PolicyDocument' in policy
    ? policy.PolicyDocument
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
