import { Aws, type Stack, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { type PolicyText, text } from '../policy/document/text';

/**
 * What a CloudFormation pseudo parameter stands for inside a stack.
 *
 * Where the stack's environment is known the value is literal, so that `{ Ref: AWS::AccountId }` and the account's
 * number are the same text. Otherwise it is one atom for the whole stage: CDK treats all stacks with an unknown
 * environment as deployed side by side.
 */
export function pseudoParameter(name: string, stack: Stack): PolicyText | undefined {
  switch (name) {
    case 'AWS::AccountId':
      return Token.isUnresolved(stack.account) ? text({ atom: name }) : text(stack.account);
    case 'AWS::Region':
      return Token.isUnresolved(stack.region) ? text({ atom: name }) : text(stack.region);
    case 'AWS::Partition':
      return text(regionFact(stack, (info) => info.partition) ?? { atom: name });
    case 'AWS::URLSuffix':
      return text(regionFact(stack, (info) => info.domainSuffix) ?? { atom: name });
    case 'AWS::StackName':
      return Token.isUnresolved(stack.stackName)
        ? text({ atom: `{${stack.node.path}}.${name}` })
        : text(stack.stackName);
    default:
      return name.startsWith('AWS::') ? text({ atom: `{${stack.node.path}}.${name}` }) : undefined;
  }
}

/** The partition of a stack: literal where its region is known, otherwise the pseudo parameter. */
export function partitionOf(stack: Stack): string {
  return regionFact(stack, (info) => info.partition) ?? Aws.PARTITION;
}

/** The DNS suffix of a stack: literal where its region is known, otherwise the pseudo parameter. */
export function urlSuffixOf(stack: Stack): string {
  return regionFact(stack, (info) => info.domainSuffix) ?? Aws.URL_SUFFIX;
}

function regionFact(stack: Stack, fact: (info: RegionInfo) => string | undefined): string | undefined {
  return Token.isUnresolved(stack.region) ? undefined : fact(RegionInfo.get(stack.region));
}
