import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessRequest } from '../../../lib/policy/evaluate/access-request';
import { evaluate } from '../../../lib/policy/evaluate/evaluate';
import type { PolicyDecision } from '../../../lib/policy/evaluate/policy-decision';
import type { PolicySet } from '../../../lib/policy/evaluate/policy-set';

interface Case {
  readonly name: string;
  readonly policies: PolicySet;
  readonly request: AccessRequest;
  readonly decision: PolicyDecision['decision'];
}

const FOLDER = join(__dirname, '..', '..', 'cases', 'evaluate');

describe.each(readdirSync(FOLDER).filter((file) => file.endsWith('.json')))('%s', (file) => {
  const cases: Case[] = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

  test.each(cases)('$name', ({ policies, request, decision }) => {
    const decided = evaluate(policies, request);

    expect(decided).toEqual({ decision, because: expect.arrayContaining([expect.any(String)]) });
  });
});
