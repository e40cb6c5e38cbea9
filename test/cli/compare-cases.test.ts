import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program';
import { temporaryFiles } from './temporary-files';

interface Pair {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly type?: string;
  readonly catalogue?: string;
  readonly plainAtoms?: boolean;
  readonly relation: string;
}

const FOLDER = join(__dirname, '..', 'cases', 'compare');
const file = temporaryFiles();

/** Pairs that need an option which the program does not have are not asked, nor those with a side of no policies. */
const pairs = (name: string): Pair[] =>
  (JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Pair[]).filter(
    ({ before, after, catalogue, plainAtoms }) =>
      catalogue === undefined &&
      plainAtoms === undefined &&
      ![before, after].some((side) => JSON.stringify(side) === '{}'),
  );

test.each(readdirSync(FOLDER))('the pairs of %s are related the same through the program', (name) => {
  for (const { name: pair, before, after, type = 'identity', relation } of pairs(name)) {
    const files = [file('before.json', before), file('after.json', after)];
    const { code, out, err } = runProgram('compare', ...files, '--type', type, '--json');
    const said = err === '' ? JSON.parse(out) : { err };
    const clean = (relation === 'equal' || relation === 'narrowed') && said.certainty !== 'may';
    expect([pair, said.relation, code]).toEqual([pair, relation, clean ? 0 : 2]);
    for (const { witness, scope, levels } of [...said.gained, ...said.lost]) {
      expect([typeof scope, Array.isArray(levels)]).toEqual(['string', true]);
      expect(witness === undefined || typeof witness.resource === 'string').toBe(true);
    }
  }
});
