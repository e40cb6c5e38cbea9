import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes files for the tests of one file, and removes them afterwards. */
export function temporaryFiles(): (name: string, content: unknown) => string {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'least-agency-'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });
  return (name, content) => {
    const file = join(directory, name);
    writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    return file;
  };
}
