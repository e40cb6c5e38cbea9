import type { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib/core';
import { AgentAccessGrant, AgentHost, AgentKeyGrant, type ScopedAgentRole } from 'cdk-least-agency';
import { newAgent, newApp, newStack, resourcesOf, synthError, TABLE_ARN } from './agent-fixture';
import { contractOf } from './assembly';

interface Statement {
  readonly Sid: string;
  readonly Resource: unknown;
}

/** A grant whose statement takes about `characters` characters. */
function grantOf(agent: ScopedAgentRole, id: string, characters: number): void {
  const one = `${TABLE_ARN}-${id}-`;
  const resources = Array.from(
    { length: Math.floor(characters / (one.length + 5)) },
    (_, item) => `${one}${String(item).padStart(2, '0')}`,
  );
  new AgentAccessGrant(agent, id, { actions: ['dynamodb:GetItem'], resources });
}

/** The policies of the agent, with their statements. */
function policiesOf(stack: Stack): Record<string, Statement[]> {
  const found = { ...resourcesOf(stack, 'AWS::IAM::Policy'), ...resourcesOf(stack, 'AWS::IAM::ManagedPolicy') };
  return Object.fromEntries(
    Object.entries(found)
      .filter(([id]) => id.startsWith('Agent'))
      .map(([id, { PolicyDocument: document }]) => [
        id.replace(/[0-9A-F]{8}$/, ''),
        (document as { Statement: Statement[] }).Statement,
      ]),
  );
}

const sids = (policies: Record<string, Statement[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(policies).map(([id, statements]) => [id, statements.map(({ Sid }) => Sid)]));

const characters = (document: unknown): number => JSON.stringify(document).replace(/\s/g, '').length;

describe('the size of the policies', () => {
  test('is the size that stands in the template, when all values are known', () => {
    const stack = newStack();
    const agent = newAgent(stack);
    grantOf(agent, 'One', 3_000);
    grantOf(agent, 'Two', 3_000);
    const [policy] = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
    expect(agent._attachments.filled[0]?.size).toEqual({ characters: characters(policy?.PolicyDocument), upTo: false });
  });

  test('counts what is not known at its documented maximum, and says so', () => {
    const app = newApp();
    const stack = newStack(app, 'Orders', {});
    const agent = newAgent(stack);
    new AgentKeyGrant(agent, 'Key', { key: new kms.Key(stack, 'Key'), viaService: 'secretsmanager' });
    const size = agent._attachments.filled[0]?.size;
    expect(size?.upTo).toBe(true);
    const document = stack.resolve((agent.node.findChild('Policy') as CfnPolicy).policyDocument) as object;
    const atMost = JSON.stringify(document)
      .replace(
        /\{"Fn::GetAtt":\[[^\]]*\]\}/g,
        `"arn:aws-us-gov:kms:ap-southeast-7:111122223333:key/mrk-${'a'.repeat(36)}"`,
      )
      .replace(/\{"Ref":"AWS::Region"\}/g, '"ap-southeast-7"')
      .replace(/\{"Ref":"AWS::AccountId"\}/g, '"111122223333"')
      .replace(/\{"Fn::Join":\["",\[([^\]]*)\]\]\}/g, (_, parts: string) => parts.replace(/","/g, ''));
    expect(size?.characters).toBeGreaterThanOrEqual(atMost.replace(/\s/g, '').length);
    expect(contractOf(app.synth(), 'Orders/Agent').size).toMatchObject({ policies: [{ upTo: true, limit: 10_240 }] });
  });

  test('does not count white space', () => {
    const stack = newStack();
    const agent = newAgent(stack);
    new AgentAccessGrant(agent, 'A', {
      actions: ['dynamodb:GetItem'],
      resources: [TABLE_ARN],
      conditions: { StringEquals: { 'dynamodb:LeadingKeys': 'a b c' } },
    });
    const [policy] = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
    expect(agent._attachments.filled[0]?.size.characters).toBe(characters(policy?.PolicyDocument));
  });
});

describe('policies that run over', () => {
  test('fill the inline policy, then managed policies, none beyond its quota', () => {
    const stack = newStack();
    const agent = newAgent(stack);
    for (let grant = 0; grant < 10; grant++) {
      grantOf(agent, `Need${grant}`, 3_000);
    }
    expect(synthError(stack.node.root as never)).toBe('');
    expect(sids(policiesOf(stack))).toEqual({
      AgentPolicy: ['Need0', 'Need1', 'Need2'],
      AgentOverflow1: ['Need3', 'Need4'],
      AgentOverflow2: ['Need5', 'Need6'],
      AgentOverflow3: ['Need7', 'Need8'],
      AgentOverflow4: ['Need9'],
    });
    for (const { size, limit, kind } of agent._attachments.filled) {
      expect(size.characters).toBeLessThanOrEqual(limit);
      expect(limit).toBe(kind === 'inline' ? 10_240 : 6_144);
    }
  });

  test('put a small statement into the first policy with room, whatever runs over before it', () => {
    const stack = newStack();
    const agent = newAgent(stack);
    grantOf(agent, 'Big0', 6_000);
    grantOf(agent, 'Big1', 5_500);
    grantOf(agent, 'Small', 500);
    expect(sids(policiesOf(stack))).toEqual({ AgentPolicy: ['Big0', 'Small'], AgentOverflow1: ['Big1'] });
  });

  test('change in one place when a grant is added last', () => {
    const policies = (grants: number): Record<string, Statement[]> => {
      const stack = newStack();
      const agent = newAgent(stack);
      for (let grant = 0; grant < grants; grant++) {
        grantOf(agent, `Need${grant}`, 1_900);
      }
      return policiesOf(stack);
    };
    const before = policies(8);
    const after = policies(9);
    const added = Object.values(after)
      .flat()
      .filter(({ Sid }) => Sid === 'Need8');
    expect(added).toHaveLength(1);
    const without = Object.fromEntries(
      Object.entries(after)
        .map(([id, statements]) => [id, statements.filter(({ Sid }) => Sid !== 'Need8')] as const)
        .filter(([, statements]) => statements.length > 0),
    );
    expect(without).toEqual(before);
  });

  test('use nine managed policies at most, one is kept free; refuses more with the numbers', () => {
    const agent = newAgent(newStack());
    const fill = (grants: number): void => {
      for (let grant = 0; grant < grants; grant++) {
        grantOf(agent, `Need${grant}`, 5_500);
      }
    };
    expect(() => fill(20)).toThrow(
      /«AgentPolicySize» statement Need10 takes \d+ characters and fits into no policy of the role: inline \d+ of 10240, managed \d+ of 6144.*9 managed policies of 6144 \(one more is kept free for incident response\); name fewer resources in one grant, or split the agent in two/,
    );
    expect(agent._attachments.filled.filter(({ kind }) => kind === 'managed')).toHaveLength(9);
  });

  test('refuses one statement that is too big for any policy', () => {
    expect(() => grantOf(newAgent(newStack()), 'Huge', 11_000)).toThrow(/«AgentPolicySize» statement Huge takes \d+/);
  });
});

test('refuses a trust policy beyond 2,048 characters, with the number', () => {
  const app = newApp();
  newAgent(newStack(app), 'Agent', {
    host: AgentHost.ecsTask({ sourceArn: `arn:aws:ecs:us-east-1:111122223333:${'x'.repeat(2_000)}` }),
  });
  expect(synthError(app)).toMatch(
    /«AgentTrustSize» the trust policy of agent 'orders-agent' takes 2\d\d\d characters, allowed are 2048/,
  );
});

describe('Sids', () => {
  test.each([
    ['of ids that differ in separators only', ['a-b', 'a_b', 'A.B']],
    ['of ids without letters and digits', ['--', '..']],
    ['of ids in other alphabets', ['données', '数据']],
    ['of ids and names that run together', ['Host', 'HostLogs']],
  ])('are unique, and letters and digits only, %s', (_, ids) => {
    const stack = newStack();
    const agent = newAgent(stack);
    ids.forEach((id, position) => {
      new AgentAccessGrant(agent, id, { actions: ['dynamodb:GetItem'], resources: [`${TABLE_ARN}${position}`] });
    });
    const found = Object.values(policiesOf(stack))
      .flat()
      .map(({ Sid }) => Sid);
    expect(new Set(found).size).toBe(ids.length);
    expect(found.every((sid) => /^[A-Za-z0-9]+$/.test(sid))).toBe(true);
  });

  test('stay the same when another grant is added', () => {
    const found = (ids: string[]): string[] => {
      const agent = newAgent(newStack());
      for (const id of ids) {
        new AgentAccessGrant(agent, id, { actions: ['dynamodb:GetItem'], resources: [`${TABLE_ARN}-${id}`] });
      }
      return agent._workingSet.statements.map(({ json }) => json.Sid);
    };
    expect(found(['a-b', 'A_B', 'C']).slice(0, 2)).toEqual(found(['a-b', 'A_B']));
  });
});

test('refuses a grant that gives nothing new, and names the other one', () => {
  const agent = newAgent(newStack());
  const props = { actions: ['dynamodb:GetItem'], resources: [TABLE_ARN] };
  new AgentAccessGrant(agent, 'One', props);
  expect(() => new AgentAccessGrant(agent, 'Two', props)).toThrow(
    /«AgentGrantDuplicate» grant 'Two' \(AgentAccessGrant\) of agent 'orders-agent' gives nothing that grant 'One' does not give/,
  );
});
