import { GUARDRAIL_PROFILES } from '../../../lib/policy/reference/guardrail-profiles';
import { INFERENCE_PROFILES, INFERENCE_PROFILES_SOURCE } from '../../../lib/policy/reference/inference-profiles';

const WELL_FORMED = /^[a-z]{2}(-gov)?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d$/;

test('the table names its page and its date', () => {
  expect(INFERENCE_PROFILES_SOURCE.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  expect(INFERENCE_PROFILES_SOURCE.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test.each([
  ['inference profile', INFERENCE_PROFILES],
  ['guardrail profile', GUARDRAIL_PROFILES],
] as const)('every %s stands in the table once', (_, rows) => {
  const names = rows.map(({ profile }) => profile);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(INFERENCE_PROFILES)('$profile is a geography and its model', ({ profile, model }) => {
  const [geography = ''] = profile.split('.');
  expect(profile).toBe(`${geography}.${model}`);
  expect(['global', 'us', 'us-gov', 'eu', 'apac', 'jp', 'au', 'ca']).toContain(geography);
  expect(model).toMatch(/^[a-z0-9]+\.[a-z0-9.-]+(:\d+)?$/);
});

test.each([...INFERENCE_PROFILES, ...GUARDRAIL_PROFILES])('$profile has well-formed routes', ({ profile, routes }) => {
  const sources = routes.flatMap(({ from }) => from);
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.filter((region, index) => sources.indexOf(region) !== index)).toEqual([]);
  for (const { from, to } of routes) {
    expect([...from, ...to].filter((region) => !WELL_FORMED.test(region))).toEqual([]);
    expect([...new Set(to)]).toEqual(to);
    expect(to.length > 0).toBe(!profile.startsWith('global.'));
  }
});

test.each([...INFERENCE_PROFILES, ...GUARDRAIL_PROFILES])('$profile stays in its partition', ({ profile, routes }) => {
  const inGovCloud = routes.flatMap(({ from, to }) => [...from, ...to]).map((region) => region.startsWith('us-gov-'));
  expect(new Set(inGovCloud)).toEqual(new Set([profile.startsWith('us-gov.')]));
});

test.each(INFERENCE_PROFILES.filter(({ profile }) => !profile.startsWith('global.')))(
  '$profile can be answered where it is called from',
  ({ routes }) => {
    expect(routes.flatMap(({ from, to }) => from.filter((region) => !to.includes(region)))).toEqual([]);
  },
);
