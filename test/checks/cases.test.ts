import { CATALOGUE } from '../../lib/checks/catalogue';
import { checkCases, findingsOf } from './check-cases';

const FILES = checkCases();

describe.each(FILES.map((file) => [file.rule, file] as const))('%s', (rule, { violating, clean }) => {
  test.each(violating.map((given) => [given.name, given] as const))('violating: %s', (_, given) => {
    const { count, says, ...expected } = given.expect ?? {};
    const severity = CATALOGUE.find(({ name }) => name === rule)?.severity;
    const findings = findingsOf(rule, given);
    const fitting = findings.filter((finding) =>
      Object.entries({ severity, ...expected }).every(
        ([field, value]) => finding[field as keyof typeof finding] === value,
      ),
    );
    expect({ findings, fitting: fitting.length > 0 }).toMatchObject({ fitting: true });
    expect(fitting.map(({ message }) => message).join('\n')).toContain(says ?? '');
    expect(fitting).toHaveLength(count ?? fitting.length);
  });

  test.each(clean.map((given) => [given.name, given] as const))('clean: %s', (_, given) => {
    const findings = findingsOf(rule, given);
    expect(findings.filter(({ severity }) => severity !== 'info' || !given.info)).toEqual([]);
    expect(findings.length > 0).toBe(given.info ?? false);
  });
});

test('every rule has three violating and three clean cases at least', () => {
  const few = FILES.filter(({ violating, clean }) => violating.length < 3 || clean.length < 3);
  expect(few.map(({ rule }) => rule)).toEqual([]);
});
