import { acknowledgement } from '../../../lib/access/app/acknowledgement';
import { AppModel } from '../../../lib/access/app/app-model';

const nag = (...rules: object[]) => ({ cdk_nag: { rules_to_suppress: rules } });
const resource = (path: string | undefined, ...rules: object[]) => ({
  Type: 'AWS::IAM::Role',
  Metadata: { ...(path === undefined ? {} : { 'aws:cdk:path': path }), ...nag(...rules) },
});
const KNOWN = { id: 'LeastAgency-NetPublic-3f9c2a1b', reason: 'no data [owner: a@example.com; expires: 2027-01-31]' };
const read = (Resources: object, more: object = {}) =>
  new AppModel([{ name: 'app', body: { ...more, Resources } }]).acknowledgements.map(({ resource: on, ...given }) => ({
    ...given,
    on: on?.logicalId,
  }));

test('the terms are taken off the reason, and the prefix off the id', () => {
  const where = { place: 'Claims/Role', level: 'construct' as const };
  expect(acknowledgement(`LeastAgency::${KNOWN.id}`, KNOWN.reason, where)).toEqual({
    ...where,
    id: KNOWN.id,
    reason: 'no data',
    owner: 'a@example.com',
    expires: '2027-01-31',
  });
  expect(acknowledgement(KNOWN.id, 'no data [owner: ; expires: ]', where)).toEqual({
    ...where,
    id: KNOWN.id,
    reason: 'no data',
  });
  expect(acknowledgement(KNOWN.id, 'no [data]', where)).toEqual({ ...where, id: KNOWN.id, reason: 'no [data]' });
});

test('what stands on one resource is its own', () => {
  expect(read({ A: resource('Claims/A/Resource', KNOWN), B: resource(undefined) })).toEqual([
    {
      id: KNOWN.id,
      reason: 'no data',
      owner: 'a@example.com',
      expires: '2027-01-31',
      place: 'Claims/A/Resource',
      level: 'construct',
      on: 'A',
    },
  ]);
});

test('what stands on every resource, or on the template, is one for the stack', () => {
  const all = { A: resource(undefined, KNOWN), B: resource(undefined, KNOWN), C: resource(undefined, KNOWN) };
  expect(read(all)).toMatchObject([{ level: 'stack', place: 'app', stack: 'app', on: undefined }]);
  expect(read({ A: resource(undefined) }, { Metadata: nag(KNOWN) })).toMatchObject([{ level: 'stack' }]);
});

test('the parts of one construct are no stack', () => {
  const all = Object.fromEntries(['A', 'B', 'C'].map((id) => [id, resource(`Claims/Runtime/${id}`, KNOWN)]));
  expect(read(all).map(({ level }) => level)).toEqual(['construct', 'construct', 'construct']);
});

test('granular findings of cdk-nag are told apart, and other metadata is left alone', () => {
  const given = { id: 'LeastAgency-NetPublic', reason: 'no data', applies_to: ['3f9c2a1b', 'ffffffff'] };
  expect(read({ A: resource(undefined, given) }).map(({ id }) => id)).toEqual([
    'LeastAgency-NetPublic[3f9c2a1b]',
    'LeastAgency-NetPublic[ffffffff]',
  ]);
  expect(
    read({ A: { Type: 'AWS::IAM::Role', Metadata: { cdk_nag: { rules_to_suppress: [null, 'a', {}] } } } }),
  ).toEqual([]);
});

test('what the model is told stands instead of what the templates say', () => {
  const told = { id: KNOWN.id, reason: 'told', place: '', level: 'app' as const };
  const app = new AppModel([{ name: 'app', body: { Resources: { A: resource(undefined, KNOWN) } } }], {
    acknowledgements: [told],
  });
  expect(app.acknowledgements).toEqual([told]);
});
