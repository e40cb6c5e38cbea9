import { literalOf, type PolicyText } from '../../policy/document/text';

const STACK_NAME = /^\{.*\}\.AWS::StackName$/s;
/** Nobody writes the name of a stack more often into one name, and comparing takes longer with each. */
const MOST = 2;
/** What CloudFormation takes for the name of a stack. */
const ANY_STACK = '[A-Za-z][A-Za-z0-9-]*';

/** Whether the name of an export is known but for the name of its stack: `${AWS::StackName}-RoleArn`. */
export function isNamedAfterStack(exported: PolicyText): boolean {
  const atoms = exported.filter((part) => typeof part !== 'string');
  const isSome = atoms.length > 0 && atoms.length <= MOST && atoms.length < exported.length;
  return isSome && atoms.every(({ atom }) => STACK_NAME.test(atom));
}

/**
 * Whether an import may mean an export that is named after its stack: the name is the same around the stack's, which
 * the import writes out or takes from a parameter.
 */
export function mayImport(imported: PolicyText, exported: PolicyText): boolean {
  const literal = literalOf(imported);
  if (literal === undefined) {
    return (
      imported.length === exported.length &&
      imported.every((part, index) => typeof part !== 'string' || part === exported[index])
    );
  }
  const pattern = exported
    .map((part) => (typeof part === 'string' ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : ANY_STACK))
    .join('');
  return new RegExp(`^${pattern}$`).test(literal);
}

/** The name of the export in a stack of this name. */
export function nameInStack(exported: PolicyText, stackName: string): string {
  return exported.map((part) => (typeof part === 'string' ? part : stackName)).join('');
}
