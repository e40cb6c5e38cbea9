import type { PolicyStatement, PolicyVersion } from '../../policy/document/policy-document';
import { displayText, type PolicyText } from '../../policy/document/text';
import type { AppResource } from './app-resource';
import { parsedJson } from './json-text';
import { elementsOf, readStatement, type UnknownElement } from './read-statement';
import { Value } from './value';

/** One statement of a policy in the app, read through the template's functions. */
export interface AppStatement {
  /** The resource whose properties hold the policy. */
  readonly holder: AppResource;
  /** Where it stands in the holder: `Policies[0].PolicyDocument.Statement[1]`. */
  readonly place: string;
  readonly version: PolicyVersion;
  /** The statement with every element in one form. Texts that the template does not tell are atoms. */
  readonly statement: PolicyStatement;
  /**
   * False where it, or a part of it, stands in one branch of a condition only, or may not reach the role: a Deny like
   * that takes nothing off.
   */
  readonly sure: boolean;
  /**
   * As `sure`, and true as well where nothing but values of its conditions depends on a branch: a Deny that is met by
   * whatever is not one of the values, or where the key is absent, is there in each.
   */
  readonly sureButValues: boolean;
  readonly unknown: readonly UnknownElement[];
  /** What IAM would refuse in it. The elements that could be read are there all the same. */
  readonly faults: readonly string[];
}

/**
 * The statements of a policy that stands somewhere in a resource's properties. Never throws.
 *
 * @param always Whether the policy is there whenever the resource is.
 */
export function statementsOf(policy: Value, holder: AppResource, place: string, always = true): AppStatement[] {
  const surely = always && policy.readings.length === 1;
  return policy.readings.flatMap((reading) => {
    const document = reading.kind === 'text' ? parsedJson(reading.text) : new Value([reading]);
    if (document === undefined) {
      return reading.kind === 'text' ? [unreadable(holder, place, reading.text)] : [];
    }
    const element = elementsOf(document);
    const versions = element('Version');
    // One branch without it is enough for variables to be plain text; what only the deployment knows is nobody's fault.
    const isOld = versions.presence !== 'always' || versions.literals().some((version) => version !== '2012-10-17');
    const version = isOld ? '2008-10-17' : '2012-10-17';
    const statements = element('Statement');
    const listed = statements.readings.some(({ kind }) => kind === 'list');
    return statements.placedItems().flatMap(({ item: statement, always: inList }, index) => {
      const where = `${place}.Statement${listed ? `[${index}]` : ''}`;
      const unknown = statement.readings.find(({ kind }) => kind === 'text');
      if (unknown?.kind === 'text') {
        return [unreadable(holder, where, unknown.text)];
      }
      return readStatement(statement, where).map((reading) => ({
        holder,
        place: where,
        version,
        statement: reading.statement,
        sure: surely && inList && !reading.branched,
        sureButValues: surely && inList && (!reading.branched || reading.branchedInValuesOnly),
        unknown: reading.unknown,
        faults: reading.faults,
      }));
    });
  });
}

/** Stands for a policy, or a statement, that the template does not tell. */
function unreadable(holder: AppResource, place: string, what: PolicyText): AppStatement {
  const shown = displayText(what).slice(0, 200);
  return {
    holder,
    place,
    version: '2012-10-17',
    statement: {
      place,
      effect: 'Allow',
      action: { negated: false, patterns: [] },
      resource: { negated: false, patterns: [] },
      conditions: [],
    },
    sure: false,
    sureButValues: false,
    unknown: [{ element: 'Action', shown }],
    faults: [],
  };
}
