import { parsePolicy } from '../document/parse-policy';
import type { PolicyDocument } from '../document/policy-document';
import type { PolicyFinding } from '../document/policy-finding';
import { PolicyError } from './policy-error';
import type { LayerName, PolicySet } from './policy-set';
import { type PreparedStatement, prepareStatement } from './prepared-statement';

/** Policies read once, to decide many requests. */
export interface PreparedPolicies {
  readonly identity?: PreparedLayer;
  readonly boundary?: PreparedLayer;
  readonly session?: PreparedLayer;
  readonly resource?: PreparedLayer;
  readonly scp: readonly PreparedLayer[];
  readonly rcp: readonly PreparedLayer[];
}

/** The statements of one layer, or of one level of an organization's policies. */
export interface PreparedLayer {
  /** Such as `boundary` or `scp[1]`. */
  readonly name: string;
  readonly statements: readonly PreparedStatement[];
}

/** Reads all policies of a set. Throws one `PolicyError` with everything that is wrong. */
export function preparePolicies(policies: PolicySet): PreparedPolicies {
  const findings: PolicyFinding[] = [];
  const one = (layer: Exclude<LayerName, 'scp' | 'rcp'>): Partial<Record<LayerName, PreparedLayer>> => {
    const documents = listOf(policies[layer]);
    return documents.length === 0 ? {} : { [layer]: prepareLayer(layer, layer, documents, findings) };
  };
  const levels = (layer: 'scp' | 'rcp'): PreparedLayer[] =>
    listOf(policies[layer]).map((level, index) => prepareLayer(layer, `${layer}[${index}]`, listOf(level), findings));
  const prepared: PreparedPolicies = {
    ...one('identity'),
    ...one('boundary'),
    ...one('session'),
    ...one('resource'),
    scp: levels('scp'),
    rcp: levels('rcp'),
  };
  const [first, ...more] = findings;
  if (first !== undefined) {
    throw new PolicyError(`${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ''}`, findings);
  }
  return prepared;
}

function prepareLayer(
  layer: LayerName,
  name: string,
  documents: readonly unknown[],
  findings: PolicyFinding[],
): PreparedLayer {
  const statements = documents.flatMap((input, index) => {
    const place = `${name}[${index}]`;
    const parsed = parsePolicy(input);
    const problems = [...parsed.findings, ...(parsed.document ? misplacedPrincipals(layer, parsed.document) : [])];
    findings.push(...problems.map((finding) => within(place, finding)));
    return parsed.document?.statements.map((statement) =>
      prepareStatement(statement, parsed.document?.version ?? '2008-10-17', place, layer !== 'resource'),
    );
  });
  return { name, statements: statements.filter((statement) => statement !== undefined) };
}

/** Policies of resources name their principals; the other kinds, resource control policies apart, must not. */
function misplacedPrincipals(layer: LayerName, document: PolicyDocument): PolicyFinding[] {
  if (layer === 'rcp') {
    return [];
  }
  return document.statements
    .filter((statement) => (statement.principal !== undefined) !== (layer === 'resource'))
    .map(({ place }) => {
      const problem =
        layer === 'resource'
          ? 'has neither Principal nor NotPrincipal, which a policy of a resource needs.'
          : `has a Principal, which a policy under '${layer}' cannot have.`;
      return { place, message: `${place}: ${problem}` };
    });
}

function within(place: string, finding: PolicyFinding): PolicyFinding {
  const separator = finding.place === '' ? ': ' : '.';
  return {
    place: finding.place === '' ? place : `${place}.${finding.place}`,
    message: `${place}${separator}${finding.message}`,
  };
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}
