import { AppModel } from '../../../../lib/access/app/app-model';
import { apiOperations } from '../../../../lib/checks/judging/tools/api-operations';

const read = (Payload: unknown) => {
  const [resource] = new AppModel([
    { name: 'app', body: { Resources: { Api: { Type: 'Custom::Api', Properties: { Payload } } } } },
  ]).resources;
  return resource && apiOperations(resource.get('Payload'));
};
const DELETE = {
  method: 'delete',
  path: '/claims/{id}',
  id: 'deleteClaim',
  description: 'Deletes a claim. For good',
  confirmation: 'ENABLED',
};
const document = {
  openapi: '3.0.0',
  paths: {
    '/claims/{id}': {
      parameters: [{ name: 'id' }],
      delete: {
        operationId: 'deleteClaim',
        summary: 'Deletes a claim',
        description: 'For good',
        'x-requireConfirmation': 'ENABLED',
      },
    },
  },
};

test('JSON text, an object, and an object that is made a text', () => {
  expect(read(JSON.stringify(document))).toEqual([DELETE]);
  expect(read(document)).toEqual([DELETE]);
  expect(read({ 'Fn::ToJsonString': document })).toEqual([DELETE]);
});

test('YAML, with lists, comments, quotes and folded text', () => {
  const yaml = `# claims
openapi: "3.0.0"
servers:
  - url: https://example.com
    delete: no
paths:
  '/claims/{id}':
    parameters:
      - name: id
        in: path
    delete:
      operationId: "deleteClaim"
      summary: Deletes a claim # quickly
      description: >-
        For
        good
      x-requireConfirmation: ENABLED
      responses:
        '200':
          description: done
  /claims:
    get:
      operationId: listClaims
`;
  expect(read(yaml)).toEqual([
    DELETE,
    { method: 'get', path: '/claims', id: 'listClaims', description: '', confirmation: '' },
  ]);
});

test('what cannot be read is not taken for an API without operations', () => {
  expect(read('not: [an, api')).toBeUndefined();
  expect(read({ Ref: 'Schema' })).toBeUndefined();
  expect(read(undefined)).toEqual([]);
});
