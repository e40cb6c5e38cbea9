import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Fn, Lazy, type Stack } from 'aws-cdk-lib/core';
import { AgentAccessGrant, type AgentAccessGrantProps } from '../../lib/grants/agent-access-grant';
import { AgentModel } from '../../lib/grants/agent-model';
import { AgentModelGrant } from '../../lib/grants/agent-model-grant';
import type { ScopedAgentRole } from '../../lib/roles/scoped-agent-role';
import { randomFrom } from '../policy/random';
import { ACCOUNT, newAgent, OTHER_ACCOUNT, REGION, SynthesizedAgent } from './agent-fixture';
import { NOVA } from './declared-grants';
import { refused, refuses, synthRefusal } from './refusals';

const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`;
const READ = { actions: ['dynamodb:GetItem'], resources: [TABLE] };

const access = (more: Record<string, unknown> = {}, id = 'Need') =>
  function declare(agent: ScopedAgentRole): void {
    new AgentAccessGrant(agent, id, { ...READ, ...more } as unknown as AgentAccessGrantProps);
  };
const actions = (...names: unknown[]) => access({ actions: names });
const resources = (...arns: unknown[]) => access({ resources: arns });
const conditions = (tests: unknown) => access({ conditions: tests });

describe('an access grant', () => {
  refuses([
    ['no actions', actions(), 'AgentAccess', ['actions must be a list of at least one text, got an empty list']],
    [
      'actions that are no list',
      access({ actions: 'dynamodb:GetItem' }),
      'AgentAccess',
      ["actions must be a list of at least one text, got 'dynamodb:GetItem'"],
    ],
    ['nothing as actions', access({ actions: undefined }), 'AgentAccess', ['actions must be', 'got nothing']],
    ['nothing as an action', actions('dynamodb:GetItem', undefined), 'AgentAccess', ['got nothing in it']],
    ['a number as an action', actions(7), 'AgentAccess', ['got number 7 in it']],
    ['no resources', resources(), 'AgentAccess', ['resources must be a list of at least one text, got an empty list']],
    ['nothing as a resource', resources(TABLE, undefined), 'AgentAccess', ['resources must be', 'got nothing in it']],
    ['an object as a resource', resources({ Ref: 'Table' }), 'AgentAccess', ['got an object in it']],
    ['an empty text as a resource', resources(''), 'AgentAccess', ["got '' in it"]],
    [
      'an action with a wildcard',
      actions('dynamodb:Get*'),
      'AgentAccess',
      ["action 'dynamodb:Get*' has a wildcard; name each action"],
    ],
    [
      'an action with a wildcard for one letter',
      actions('dynamodb:GetIte?'),
      'AgentAccess',
      ["action 'dynamodb:GetIte?' has a wildcard"],
    ],
    ['every action', actions('*'), 'AgentAccess', ["action '*' has a wildcard"]],
    ['every action of IAM', actions('iam:*'), 'AgentAccess', ["action 'iam:*' has a wildcard"]],
    [
      'a misspelt action',
      actions('dynamodb:GetItems'),
      'AgentAccess',
      ["action 'dynamodb:GetItems' does not exist; did you mean dynamodb:GetItem?"],
    ],
    [
      'the name of an API client',
      actions('bedrock-runtime:InvokeModel'),
      'AgentAccess',
      ["'bedrock-runtime:InvokeModel' does not exist; did you mean bedrock:InvokeModel?"],
    ],
    [
      'an action that is not one of IAM',
      actions('bedrock:Converse'),
      'AgentAccess',
      ["'bedrock:Converse' does not exist"],
    ],
    [
      'an action without a service',
      actions('GetItem'),
      'AgentAccess',
      ["action 'GetItem' does not exist; did you mean "],
    ],
    [
      'two wrong actions at once',
      actions('dynamodb:Get*', 'dynamodb:GetItems'),
      'AgentAccess',
      ["'dynamodb:Get*' has a wildcard", "; action 'dynamodb:GetItems' does not exist"],
    ],
    [
      'a resource of another service',
      resources('arn:aws:s3:::orders'),
      'AgentAccess',
      [
        "resource 'arn:aws:s3:::orders' fits none of the actions; they take arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}",
      ],
    ],
    [
      'a resource of another type',
      resources(`${TABLE}/index/by-day`),
      'AgentAccess',
      [`'${TABLE}/index/by-day' fits none of the actions`],
    ],
    ['a name instead of an ARN', resources('orders'), 'AgentAccess', ["resource 'orders' fits none of the actions"]],
    [
      'a resource that fits one of the actions alone, and none for another',
      access({ actions: ['dynamodb:GetItem', 'sqs:GetQueueUrl'] }),
      'AgentAccess',
      [
        'sqs:GetQueueUrl can be given on none of the resources; it takes arn:${Partition}:sqs:${Region}:${Account}:${QueueName}',
      ],
    ],
    [
      'everything for an action with resources',
      resources('*'),
      'AgentAccess',
      ["resources '*' is every resource there is, and dynamodb:GetItem takes resources: name them"],
    ],
    ['everything, spelled twice', resources('**'), 'AgentAccess', ["resource '**' is every resource of its type"]],
    [
      'everything beside a resource',
      resources(TABLE, '*'),
      'AgentAccess',
      ["resources '*' is every resource there is"],
    ],
    [
      'everything beside another, for an action without resources',
      access({ actions: ['kms:GenerateRandom'], resources: ['*', TABLE], purpose: 'dice' }),
      'AgentAccess',
      ["resources must be ['*'] alone"],
    ],
    [
      'an ARN for an action without resources',
      access({
        actions: ['bedrock:RetrieveAndGenerate'],
        resources: [`arn:aws:bedrock:us-east-1:${ACCOUNT}:knowledge-base/KB`],
        purpose: 'answers',
      }),
      'AgentAccess',
      [
        "bedrock:RetrieveAndGenerate takes no resource, so it would never be allowed on these; declare it in an AgentAccessGrant of its own with resources: ['*']",
      ],
    ],
    [
      'an action without resources beside one with resources',
      actions('dynamodb:GetItem', 'kms:GenerateRandom'),
      'AgentAccess',
      ['kms:GenerateRandom takes no resource'],
    ],
    [
      'every table',
      resources(`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/*`),
      'AgentAccess',
      ['is every resource of its type; name the ones that the agent needs'],
    ],
    [
      'every table, by a pattern in the type',
      resources(`arn:aws:dynamodb:${REGION}:${ACCOUNT}:*`),
      'AgentAccess',
      ['is every resource of its type'],
    ],
    [
      'every table of an unresolved account',
      resources(`arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/*`),
      'AgentAccess',
      ['is every resource of its type'],
    ],
    ['every ARN of a service', resources('arn:aws:dynamodb:*'), 'AgentAccess', ['is every resource of its type']],
    [
      'a table in every account',
      resources(`arn:aws:dynamodb:${REGION}:*:table/orders`),
      'AgentAccess',
      ['has a wildcard in its partition, service, region or account; name them'],
    ],
    [
      'a table in every region',
      resources(`arn:aws:dynamodb:*:${ACCOUNT}:table/orders`),
      'AgentAccess',
      ['has a wildcard in its partition, service, region or account'],
    ],
    [
      'a table in some regions',
      resources(`arn:aws:dynamodb:us-????-1:${ACCOUNT}:table/orders`),
      'AgentAccess',
      ['has a wildcard in its partition, service, region or account'],
    ],
    [
      'a table in every region of an unresolved account',
      resources(`arn:${Aws.PARTITION}:dynamodb:*:${Aws.ACCOUNT_ID}:table/orders`),
      'AgentAccess',
      ['has a wildcard in its partition, service, region or account'],
    ],
    [
      'a table in every partition',
      resources(`arn:*:dynamodb:${REGION}:${ACCOUNT}:table/orders`),
      'AgentAccess',
      ['has a wildcard in its partition'],
    ],
    [
      'one index of every table',
      access({
        actions: ['dynamodb:Query'],
        resources: [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/*/index/by-day`],
      }),
      'AgentAccess',
      ['has nothing but a wildcard where its name begins, so it is not one resource; name it'],
    ],
    [
      'one key of every bucket',
      access({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::*/claims/1.json'] }),
      'AgentAccess',
      ['has nothing but a wildcard where its name begins'],
    ],
    [
      'one key of every bucket whose name has some letters',
      access({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::???/1.json'] }),
      'AgentAccess',
      ['has nothing but a wildcard where its name begins'],
    ],
    [
      'a wildcard in the type of a resource',
      resources(`arn:aws:dynamodb:${REGION}:${ACCOUNT}:t?ble/orders`),
      'AgentAccess',
      ['has nothing but a wildcard where its name begins'],
    ],
    [
      'writing without saying why',
      actions('dynamodb:PutItem'),
      'AgentGrantPurpose',
      ['dynamodb:PutItem is Write access: say in purpose'],
    ],
    [
      'tagging without saying why',
      actions('dynamodb:TagResource'),
      'AgentGrantPurpose',
      ['dynamodb:TagResource is Tagging access'],
    ],
    [
      'managing permissions without saying why',
      access({ actions: ['sns:AddPermission'], resources: [`arn:aws:sns:${REGION}:${ACCOUNT}:orders`] }),
      'AgentGrantPurpose',
      ['sns:AddPermission is Permissions management access'],
    ],
    [
      'writing for an empty purpose',
      access({ actions: ['dynamodb:PutItem'], purpose: '' }),
      'AgentGrantPurpose',
      ['got an empty text'],
    ],
  ]);

  describe('in a stack whose region is not known', () => {
    const options = { env: { account: ACCOUNT } };

    refuses(
      [
        [
          'a table in every account',
          resources(`arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:*:table/orders`),
          'AgentAccess',
          ['has a wildcard in its partition, service, region or account'],
        ],
        [
          'a table in every region',
          resources(`arn:${Aws.PARTITION}:dynamodb:*:${ACCOUNT}:table/orders`),
          'AgentAccess',
          ['has a wildcard in its partition, service, region or account'],
        ],
        [
          'every table',
          resources(`arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${ACCOUNT}:table/*`),
          'AgentAccess',
          ['is every resource of its type'],
        ],
        [
          'one index of every table',
          access({
            actions: ['dynamodb:Query'],
            resources: [`arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${ACCOUNT}:table/*/index/a`],
          }),
          'AgentAccess',
          ['has nothing but a wildcard where its name begins'],
        ],
      ],
      options,
    );

    test('says what the owner of a resource in another account has to add', () => {
      const far = `arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${OTHER_ACCOUNT}:table/orders`;
      expect(SynthesizedAgent.with(resources(far), options).contractOf('Need').notes).toEqual([
        expect.stringContaining(`is in account ${OTHER_ACCOUNT}: its own resource policy`),
      ]);
    });
  });

  describe('with conditions', () => {
    refuses([
      [
        'a misspelt key',
        conditions({ StringEquals: { 'dynamodb:LeadingKey': 'a' } }),
        'AgentAccess',
        [
          "condition key 'dynamodb:LeadingKey' is not one that dynamodb:GetItem supplies, so the statement would not mean what it says; did you mean dynamodb:LeadingKeys?",
        ],
      ],
      [
        'a key of another action',
        access({
          actions: ['dynamodb:Scan'],
          conditions: { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': 'a' } },
        }),
        'AgentAccess',
        ["condition key 'dynamodb:LeadingKeys' is not one that dynamodb:Scan supplies"],
      ],
      [
        'a key that one of the actions lacks',
        access({
          actions: ['dynamodb:GetItem', 'dynamodb:Scan'],
          conditions: { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': 'a' } },
        }),
        'AgentAccess',
        ['is not one that dynamodb:Scan supplies'],
      ],
      [
        'a misspelt operator',
        conditions({ StringEqual: { 'aws:SourceVpc': 'vpc-1' } }),
        'AgentAccess',
        ["condition operator 'StringEqual'", 'did you mean StringEquals?'],
      ],
      [
        'an operator in other letter case',
        conditions({ stringequals: { 'aws:SourceVpc': 'vpc-1' } }),
        'AgentAccess',
        ["condition operator 'stringequals' is spelled StringEquals"],
      ],
      [
        'a set operator that is not there',
        conditions({ 'ForEachValue:StringEquals': { 'aws:SourceVpc': 'vpc-1' } }),
        'AgentAccess',
        ["'ForEachValue' is no set operator"],
      ],
      [
        'keys that are no map',
        conditions({ StringEquals: 'aws:SourceVpc' }),
        'AgentAccess',
        [
          "condition operator 'StringEquals' must hold condition keys, such as { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, got 'aws:SourceVpc'",
        ],
      ],
      [
        'an operator without keys',
        conditions({ StringEquals: {} }),
        'AgentAccess',
        ["condition operator 'StringEquals' must hold condition keys"],
      ],
      ['an operator with nothing', conditions({ StringEquals: undefined }), 'AgentAccess', ['got nothing']],
      [
        'conditions that are a list',
        conditions([]),
        'AgentAccess',
        ['conditions must hold operators, such as', 'got an empty list'],
      ],
      ['conditions that are a text', conditions('aws:SourceVpc'), 'AgentAccess', ["got 'aws:SourceVpc'"]],
      [
        'a value that is missing, which would leave the condition out',
        conditions({ StringEquals: { 'aws:SourceVpc': undefined } }),
        'AgentAccess',
        ["condition StringEquals on 'aws:SourceVpc' must have one or more texts, got nothing"],
      ],
      ['a value that is null', conditions({ StringEquals: { 'aws:SourceVpc': null } }), 'AgentAccess', ['got nothing']],
      [
        'a value that is missing in a list',
        conditions({ StringEquals: { 'aws:SourceVpc': ['vpc-1', undefined] } }),
        'AgentAccess',
        ['got nothing'],
      ],
      [
        'no values',
        conditions({ StringEquals: { 'aws:SourceVpc': [] } }),
        'AgentAccess',
        ['must have one or more texts, got an empty list'],
      ],
      [
        'an object as a value',
        conditions({ StringEquals: { 'aws:SourceVpc': { a: 1 } } }),
        'AgentAccess',
        ['got an object'],
      ],
      [
        'a text for a Boolean',
        conditions({ Bool: { 'aws:SecureTransport': 'yes' } }),
        'AgentAccess',
        ["condition Bool on 'aws:SecureTransport' must have 'true' or 'false', got 'yes'"],
      ],
      [
        'a text for a number',
        conditions({ NumericLessThan: { 'aws:MultiFactorAuthAge': 'an hour' } }),
        'AgentAccess',
        ["must have one or more numbers, got 'an hour'"],
      ],
      [
        'a text for a date',
        conditions({ DateGreaterThan: { 'aws:CurrentTime': '1 May 2026' } }),
        'AgentAccess',
        ["must have one or more dates, such as 2026-12-31T12:00:00Z, got '1 May 2026'"],
      ],
      [
        'a text for an address',
        conditions({ IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } }),
        'AgentAccess',
        ["must have one or more addresses or CIDR blocks, got '10.0.0.0/33'"],
      ],
      [
        'a text for an ARN',
        conditions({ ArnLike: { 'aws:PrincipalArn': 'orders' } }),
        'AgentAccess',
        ["must have one or more ARNs, got 'orders'"],
      ],
      [
        'a text for Null',
        conditions({ Null: { 'aws:SourceVpc': 'no' } }),
        'AgentAccess',
        ["condition Null on 'aws:SourceVpc' must have 'true' or 'false', got 'no'"],
      ],
      [
        'ForAllValues alone, which requests without the key meet',
        conditions({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'a' } }),
        'AgentAccess',
        [
          "condition ForAllValues:StringEquals on 'dynamodb:LeadingKeys' is also met by requests that carry no dynamodb:LeadingKeys at all; add Null: { 'dynamodb:LeadingKeys': 'false' } beside it",
        ],
      ],
      [
        'ForAllValues with Null the wrong way round',
        conditions({
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'a' },
          Null: { 'dynamodb:LeadingKeys': 'true' },
        }),
        'AgentAccess',
        ['is also met by requests that carry no dynamodb:LeadingKeys'],
      ],
      [
        'ForAllValues with Null for another key',
        conditions({
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'a' },
          Null: { 'dynamodb:Attributes': 'false' },
        }),
        'AgentAccess',
        ['is also met by requests that carry no dynamodb:LeadingKeys'],
      ],
    ]);

    test.each([
      ['Null', { Null: { 'dynamodb:leadingkeys': false } }],
      ['ForAnyValue', { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } }],
    ])('take ForAllValues beside %s, and then refuse requests without the key', (_, asked) => {
      const agent = SynthesizedAgent.with(
        conditions({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] }, ...asked }),
      );
      const reads = (context: Record<string, string[]>) => agent.allows('dynamodb:GetItem', TABLE, context);
      expect(reads({ 'dynamodb:LeadingKeys': ['a', 'b'] })).toBe(true);
      expect(reads({ 'dynamodb:LeadingKeys': ['a', 'c'] })).toBe(false);
      expect(reads({})).toBe(false);
    });

    test('notes which of them requests without the key meet as well', () => {
      const agent = SynthesizedAgent.with(
        conditions({
          StringNotEquals: { 'aws:SourceVpc': 'vpc-1' },
          StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' },
        }),
      );
      expect(agent.contractOf('Need').notes).toEqual([
        'condition StringNotEquals on aws:SourceVpc is also met by requests that do not carry aws:SourceVpc',
        'condition StringEqualsIfExists on aws:SourceVpce is also met by requests that do not carry aws:SourceVpce',
      ]);
      expect(agent.allows('dynamodb:GetItem', TABLE)).toBe(true);
    });

    test('takes values that are not known yet', () => {
      const agent = SynthesizedAgent.with(
        conditions({ StringEquals: { 'aws:SourceVpc': Fn.importValue('Vpc') }, Null: { 'aws:SourceVpc': false } }),
      );
      expect(agent.allows('dynamodb:GetItem', TABLE, { 'aws:SourceVpc': 'sample-Vpc' })).toBe(true);
      expect(agent.allows('dynamodb:GetItem', TABLE, { 'aws:SourceVpc': 'vpc-1' })).toBe(false);
    });
  });

  describe('with an end', () => {
    refuses(
      [
        '2026-02-30',
        '2026-13-01',
        '2026-12-31T24:00:00Z',
        '2026-12-31T12:00:00',
        '2026-12-31T12:00:00+01:00',
        '31 December 2026',
        'tomorrow',
        '',
      ].map(
        (until) =>
          [
            `'${until}'`,
            access({ until }),
            'AgentAccessUntil',
            [`until must be a day (2026-12-31) or an instant in UTC (2026-12-31T12:00:00Z), got '${until}'`],
          ] as const,
      ),
    );
    refuses([
      ['a Date', access({ until: new Date(0) }), 'AgentAccessUntil', ['got an object']],
      ['a number', access({ until: 1893456000 }), 'AgentAccessUntil', ['got number 1893456000']],
      [
        'an unresolved end',
        access({ until: Lazy.string({ produce: () => '2030-01-01' }) }),
        'AgentAccessUntil',
        ['got a value that is not known at synth'],
      ],
      [
        'an end and the same condition, which one of them would overwrite',
        access({ until: '2030-06-30', conditions: { DateLessThan: { 'aws:CurrentTime': '2028-01-01T00:00:00Z' } } }),
        'AgentAccess',
        ["condition DateLessThan on 'aws:CurrentTime' is what until writes; leave one of them out"],
      ],
      [
        'an end and the same condition in other letter case',
        access({ until: '2030-06-30', conditions: { DateLessThan: { 'AWS:currenttime': '2028-01-01T00:00:00Z' } } }),
        'AgentAccess',
        ['is what until writes'],
      ],
    ]);

    test('stands in the contract as an instant', () => {
      expect(SynthesizedAgent.with(access({ until: '2030-06-30' })).contractOf('Need').until).toBe(
        '2030-06-30T23:59:59Z',
      );
    });

    test('can be declared after the end, so that reports can still show it, and then fails synth', () => {
      const message = synthRefusal(access({ until: '2020-06-30' }));
      expect(message).toContain(
        "«AgentAccessExpired» grant 'Need' of agent 'orders-agent' ended at 2020-06-30T23:59:59Z; remove it, or give it a new end",
      );
      expect(message).toContain('Orders/Agent');
    });

    test('fails synth from the instant of the end on, and not before', () => {
      jest.useFakeTimers({ now: Date.parse('2030-06-30T11:59:59.999Z'), doNotFake: ['nextTick', 'setImmediate'] });
      try {
        expect(synthRefusal(access({ until: '2030-06-30T12:00:00Z' }))).toBe('');
        jest.setSystemTime(Date.parse('2030-06-30T12:00:00Z'));
        expect(synthRefusal(access({ until: '2030-06-30T12:00:00Z' }))).toContain('«AgentAccessExpired»');
      } finally {
        jest.useRealTimers();
      }
    });
  });

  test('refuses the same access twice under another id, in any order and letter case', () => {
    const message = refused(
      (agent) => {
        access({ actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'] }, 'First')(agent);
        access({ actions: ['DynamoDB:getitem'] }, 'Second')(agent);
      },
      'AgentGrantDuplicate',
      {},
      /Orders\/Agent/,
    );
    expect(message).toContain(
      "grant 'Second' (AgentAccessGrant) of agent 'orders-agent' gives nothing that grant 'First'",
    );
  });

  test('spells actions as AWS does, each once', () => {
    const agent = SynthesizedAgent.with(actions('DYNAMODB:getitem', 'dynamodb:GetItem'));
    expect(agent.statements).toMatchObject([{ Action: 'dynamodb:GetItem', Resource: TABLE }]);
  });

  test('says what the owner of a resource in another account has to add', () => {
    const far = [
      `arn:aws:sqs:${REGION}:${OTHER_ACCOUNT}:orders`,
      `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${OTHER_ACCOUNT}:returns`,
      `arn:aws:sqs:${REGION}:${ACCOUNT}:own`,
      `arn:aws:sqs:${REGION}:${Aws.ACCOUNT_ID}:own-too`,
    ];
    const agent = SynthesizedAgent.with(access({ actions: ['sqs:SendMessage'], resources: far, purpose: 'sends' }));
    const missing = (arn: string) =>
      `${arn} is in account ${OTHER_ACCOUNT}: its own resource policy (a role's trust policy) has to name the role of ` +
      "'orders-agent' there too";
    expect(agent.contractOf('Need').notes).toEqual([
      missing(`arn:aws:sqs:${REGION}:${OTHER_ACCOUNT}:orders`),
      missing(`arn:aws:sqs:${REGION}:${OTHER_ACCOUNT}:returns`),
    ]);
  });

  test('of a role leaves the denial of the boundary for that role alone', () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/reports`;
    const agent = SynthesizedAgent.with(access({ actions: ['sts:AssumeRole'], resources: [role], purpose: 'reports' }));
    const { Statement: statements } = (agent.policies.boundary as { document: { Statement: { Sid: string }[] } })
      .document;
    expect(statements.find(({ Sid: sid }) => sid === 'DenyUndeclaredAssumeRole')).toMatchObject({
      NotResource: [role],
    });
    expect(agent.decides('sts:AssumeRole', `${role}-admin`).decision).toBe('ExplicitlyDenied');
  });

  test('of another action on a role leaves the denial of the boundary as it is', () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/reports`;
    const agent = SynthesizedAgent.with(access({ actions: ['iam:GetRole'], resources: [role] }));
    expect(agent.decides('sts:AssumeRole', role).decision).toBe('ExplicitlyDenied');
  });

  test.each([
    ['iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/reports`],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/reports`],
    ['iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/bob`],
    ['sts:GetFederationToken', `arn:aws:sts::${ACCOUNT}:federated-user/bob`],
  ])('refuses %s at synth: the boundary leaves nothing of it', (action, resource) => {
    const message = synthRefusal(access({ actions: [action], resources: [resource], purpose: 'must' }));
    expect(message).toContain('«AgentBoundaryBlocks»');
    expect(message).toContain(`leaves nothing of ${action} on ${resource}, which grant 'Need' gives`);
    expect(message).toMatch(/gives: .+ \(Deny\w+\); take it out of the agent, or give another boundary/);
  });

  test('spelled at random below a table never reaches past it', () => {
    const random = randomFrom('access');
    for (let round = 0; round < 20; round += 1) {
      const name = `t${random.pick('abcXYZ019_.-', 2 + random.length(10))}`;
      const table = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`;
      const agent = SynthesizedAgent.with(resources(table));
      expect([name, agent.allows('dynamodb:GetItem', table)]).toEqual([name, true]);
      const others = [
        `${table}2`,
        table.replace(`/${name}`, `/x${name}`),
        `${table}/index/a`,
        table.replace(ACCOUNT, OTHER_ACCOUNT),
      ];
      expect([name, others.filter((other) => agent.allows('dynamodb:GetItem', other))]).toEqual([name, []]);
    }
  });
});

describe('a grant', () => {
  const stackOf = (): Stack => newAgent().stack;

  test.each([
    ['nothing', () => undefined, 'got nothing'],
    ['a text', () => 'agent', "got 'agent'"],
    ['the stack', () => stackOf(), "got the construct 'Orders'"],
    [
      'another role',
      () => new iam.Role(stackOf(), 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
      "got the construct 'Orders/Role'",
    ],
  ])('refuses %s as its agent', (_, scope, got) => {
    const make = () => new AgentAccessGrant(scope() as never, 'Need', READ);
    expect(make).toThrow(
      `«AgentGrantAgent» the first argument of grant 'Need' must be the agent, a ScopedAgentRole, ${got}`,
    );
  });

  test.each([undefined, null, 'props', 7])('refuses %p as its properties', (props) => {
    const message = refused((agent) => void new AgentAccessGrant(agent, 'Need', props as never), 'AgentGrantProps');
    expect(message).toContain('a grant says what it gives, got ');
  });

  test('says in the contract what it is for', () => {
    const agent = SynthesizedAgent.with((own) => {
      new AgentModelGrant(own, 'Model', { model: AgentModel.foundationModel(NOVA), purpose: 'writes answers' });
    });
    expect(agent.contractOf('Model')).toMatchObject({ type: 'AgentModelGrant', purpose: 'writes answers' });
  });
});
