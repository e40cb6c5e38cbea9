import { parseArgs } from 'node:util';
import { excess } from './excess';
import { table } from './table';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, verbose: { type: 'boolean', default: false } },
});
const columns = excess();
console.log(values.json ? JSON.stringify({ version: 1, ...columns }, undefined, 2) : table(columns, values.verbose));
