import { excess } from '../../bench/excess/excess';
import { table } from '../../bench/excess/table';

const columns = excess();

test("the CDK's own grants allow all that the agent needs, and 32 of 160 requests that it never needs", () => {
  const { needs, platform, excess: never } = columns['plain CDK'];
  expect([...needs.deniedNames, ...platform.deniedNames]).toEqual([]);
  expect([never.allowed, never.asked]).toEqual([32, 160]);
});

test('this library allows all that the agent needs, and none of 160 requests that it never needs', () => {
  const { needs, platform, excess: never } = columns['this library'];
  expect([...needs.deniedNames, ...platform.deniedNames]).toEqual([]);
  expect(never.allowedNames).toEqual([]);
  expect(never.asked).toBe(160);
});

test('the table shows both side by side', () => {
  const lines = table(columns, false).split('\n');
  expect(lines[0]).toBe('plain CDK   this library   allowed of asked');
  expect(lines.some((line) => /32 of 160\s+0 of 160\s+all that the agent never needs/.test(line))).toBe(true);
});
