import { parseArgs } from 'node:util';
import {
  type AccessChange,
  type ComparisonOptions,
  comparePolicies,
  type PolicyComparison,
} from '../../policy/compare/compare-policies';
import { displayText, type PolicyText } from '../../policy/document/text';
import { PolicyError } from '../../policy/evaluate/policy-error';
import type { PolicySet } from '../../policy/evaluate/policy-set';
import { preparePolicies } from '../../policy/evaluate/prepared-policies';
import type { Command } from '../command';
import { COMPARISON_TYPES, type ComparisonType, comparedPolicies } from '../compared-policies';
import { InputError } from '../input-error';
import { readJsonFile } from '../json-file';
import { coloured, columns, counted } from '../lines';
import type { Terminal } from '../terminal';

/** How the program ends when access was gained, or may have been. */
const GAINED = 2;

/** `least-agency compare`: how access changed from one set of policies to another. */
export const compare: Command = {
  usage: 'compare <before> <after> [--type identity|trust|resource] [--json]',
  summary: 'Says whether access was gained or lost, for every request there can be, with examples.',
  details: [
    '  <before>, <after>   a policy, or {"identity": ..., "boundary": ...}, each a policy or a list; - is standard input',
    '  --type              whose policies they are: of an identity (the default), of a resource, or the trust of a role',
    '  --json              for machines',
    '',
    'Policies of resources and trust policies are compared for callers of another account whose own policies allow',
    'everything. What cannot be decided counts as gained, and is marked "may".',
    '',
    'exit codes: 0 equal or narrowed, 2 broadened, mixed or undecided, 1 the program failed, 3 the input is not valid',
  ],
  run,
};

function run(args: string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { type: { type: 'string', default: 'identity' }, json: { type: 'boolean', default: false } },
  });
  const [before, after, ...rest] = positionals;
  if (before === undefined || after === undefined || rest.length > 0) {
    throw new InputError(`compare takes two files, got ${positionals.length} names; see compare --help`);
  }
  const type = COMPARISON_TYPES.find((known) => known === values.type);
  if (type === undefined) {
    throw new InputError(`no type ${values.type}; there is ${COMPARISON_TYPES.join(', ')}`);
  }
  if (before === '-' && after === '-') {
    throw new InputError('standard input can be read once; name a file for the other side');
  }
  const options: ComparisonOptions = { type };
  const comparison = comparePolicies(read(before, type, terminal), read(after, type, terminal), options);
  terminal.out(values.json ? JSON.stringify(forMachines(comparison), undefined, 2) : forPeople(comparison, terminal));
  const { relation, certainty } = comparison;
  return certainty !== 'may' && (relation === 'equal' || relation === 'narrowed') ? 0 : GAINED;
}

/** The policies of a file, checked, so that what is wrong is said with the file's name. */
function read(file: string, type: ComparisonType, terminal: Terminal): PolicySet {
  const name = file === '-' ? 'standard input' : file;
  const policies = comparedPolicies(readJsonFile(file, terminal), type, name);
  try {
    preparePolicies(policies);
    return policies;
  } catch (error) {
    if (error instanceof PolicyError) {
      throw new InputError(`${name}: ${error.message}`);
    }
    throw error;
  }
}

function forMachines({ relation, certainty, gained, lost, catalogue }: PolicyComparison): unknown {
  return { version: 1, relation, certainty, gained: gained.map(entry), lost: lost.map(entry), catalogue };
}

function entry({ witness, scope, levels, certainty, because }: AccessChange): unknown {
  return {
    ...(witness === undefined ? {} : { witness: { ...witness, resource: shownResource(witness.resource) } }),
    scope,
    levels,
    certainty,
    ...(because === undefined ? {} : { because }),
  };
}

function forPeople({ relation, certainty, gained, lost, catalogue }: PolicyComparison, { colour }: Terminal): string {
  const changes = [...gained.map((change) => ['+', change] as const), ...lost.map((change) => ['-', change] as const)];
  const lines = columns(
    changes.map(([sign, change]) => [sign, change.levels.join(', '), change.scope, example(change)]),
    '  ',
  ).map((line, index) => coloured(line, changes[index]?.[0] === '+' ? 'red' : 'green', colour));
  const head = `${relation} (${certainty}): ${counted(gained.length, 'gain')}, ${counted(lost.length, 'loss', 'losses')}`;
  return [head, ...(lines.length > 0 ? ['', ...lines] : []), '', `service reference ${catalogue}`].join('\n');
}

function example({ certainty, witness, because }: AccessChange): string {
  const asked =
    witness === undefined
      ? ''
      : [
          `${witness.action} on ${shownResource(witness.resource)}`,
          ...(witness.principal === undefined ? [] : [`by ${witness.principal}`]),
          ...Object.entries(witness.context).map(([key, value]) => `with ${key} = ${[value].flat().join(' and ')}`),
        ].join(' ');
  return certainty === 'witness' ? asked : `may: ${[because ?? 'undecided', asked].filter(Boolean).join('; ')}`;
}

function shownResource(resource: string | PolicyText): string {
  return typeof resource === 'string' ? resource : displayText(resource);
}
