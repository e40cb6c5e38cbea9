import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

/** The snippets between the README marks of the recipe tests, without their indentation. */
function recipes(): string[] {
  const source = readFileSync(path.join(root, 'test', 'grants', 'recipes.test.ts'), 'utf8');
  return [...source.matchAll(/\/\/ README: begin\n([\s\S]*?)\n\s*\/\/ README: end/g)].map((match) => {
    const lines = (match[1] ?? '').split('\n');
    const indentation = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
    return lines.map((line) => line.slice(indentation)).join('\n');
  });
}

test.each(recipes().filter((recipe) => !recipe.includes('if (declared)')))(
  'README shows the recipe as it is tested',
  (recipe) => {
    expect(readme).toContain(recipe);
  },
);

test('the recipes are found', () => {
  expect(recipes()).toHaveLength(6);
});
