import type { AppResource } from '../../access/app/app-resource';
import type { Value } from '../../access/app/value';
import { literalOf } from '../../policy/document/text';
import { listed } from '../judging/shown';
import { type ApiOperation, apiOperations } from '../judging/tools/api-operations';
import { declaredEffect } from '../judging/tools/declared-effect';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** A tool that changes something, and that the agent may call without asking the user. */
export const UNCONFIRMED_TOOL: Rule = {
  name: 'unconfirmed-tool',
  group: 'JIT',
  severity: 'error',
  title: 'An agent calls a tool that changes something without asking its user first.',
  why: 'A document or a web page that the agent reads can make it call the tool. With a confirmation the user sees the call and its arguments before anything happens.',
  fix: 'Set RequireConfirmation to ENABLED on the function (`x-requireConfirmation: ENABLED` on the operation of an API schema), or give control back to the application with CustomControl RETURN_CONTROL.',
  frameworks: ['OWASP ASI09', 'OWASP ASI02', 'AWS AGENTSEC04-BP02', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 RS'],
  *check(app): Iterable<Observation> {
    for (const agent of app.ofType('AWS::Bedrock::Agent')) {
      for (const [index, group] of agent.get('ActionGroups').items().entries()) {
        if (!runsByItself(group)) {
          continue;
        }
        const name = group.get('ActionGroupName').literals()[0] ?? `number ${index + 1}`;
        yield* functionsOf(agent, group, name);
        yield* operationsOf(agent, group, name);
      }
    }
  },
};

/** Whether the agent calls the tools of a group itself: not when the application does, and not when the group is off. */
function runsByItself(group: Value): boolean {
  const control = group.get('ActionGroupExecutor').get('CustomControl');
  const returned =
    control.presence === 'always' && control.literals().every((said) => said.toUpperCase() === 'RETURN_CONTROL');
  const state = group.get('ActionGroupState');
  return !returned && !(state.presence === 'always' && state.literal?.toUpperCase() === 'DISABLED');
}

function* functionsOf(agent: AppResource, group: Value, groupName: string): Iterable<Observation> {
  const open: string[] = [];
  const untold: string[] = [];
  for (const item of group.get('FunctionSchema', 'Functions').items()) {
    const names = item.get('Name').literals();
    const effects = names.map((name) => declaredEffect(name, item.get('Description').literals().join('. ')));
    if (effects.includes('changes')) {
      const confirmation = item.get('RequireConfirmation');
      const said = confirmation.literals();
      if (confirmation.presence !== 'always' || said.some((value) => value.toUpperCase() !== 'ENABLED')) {
        open.push(names[0] ?? '');
      } else if (confirmation.texts().some((value) => literalOf(value) === undefined)) {
        untold.push(names[0] ?? '');
      }
    }
  }
  if (open.length > 0) {
    yield {
      resource: agent,
      cause: [groupName, ...open],
      message: `Agent ${agent.title} calls ${listed(open)} of the action group ${groupName} without asking: RequireConfirmation is not ENABLED.`,
      example: `an injected instruction calls ${open[0] ?? ''}`,
    };
  }
  if (untold.length > 0) {
    yield {
      resource: agent,
      cause: [groupName, ...untold],
      severity: 'info',
      message: `Whether agent ${agent.title} asks before it calls ${listed(untold)} is not in the template.`,
      undecided: 'RequireConfirmation is a value without a default',
    };
  }
}

function* operationsOf(agent: AppResource, group: Value, groupName: string): Iterable<Observation> {
  const schema = group.get('ApiSchema');
  const operations = apiOperations(schema.get('Payload'));
  if (operations === undefined || schema.get('S3').presence !== 'never') {
    yield {
      resource: agent,
      cause: [groupName, 'schema'],
      severity: 'info',
      message: `What the action group ${groupName} of agent ${agent.title} can call is not in the template.`,
      undecided: operations === undefined ? 'its API schema cannot be read' : 'its API schema is an object in S3',
    };
  }
  const open = (operations ?? []).filter(
    (operation) => changesSomething(operation) && !/^(enabled|true)$/i.test(operation.confirmation.trim()),
  );
  if (open.length > 0) {
    const names = open.map(({ id, method, path }) => (id === '' ? `${method.toUpperCase()} ${path}` : id));
    yield {
      resource: agent,
      cause: [groupName, ...names],
      message: `Agent ${agent.title} calls ${listed(names)} of the action group ${groupName} without asking: x-requireConfirmation is not ENABLED.`,
      example: `an injected instruction calls ${names[0] ?? ''}`,
    };
  }
}

/** Whether an operation changes something: by its name and description, else by its method. */
function changesSomething({ method, path, id, description }: ApiOperation): boolean {
  const last =
    path
      .split('/')
      .filter((part) => part !== '' && !part.startsWith('{'))
      .at(-1) ?? '';
  const effects = [declaredEffect(id, description), declaredEffect(last)];
  switch (method) {
    case 'get':
    case 'head':
    case 'options':
      return effects[0] === 'changes';
    case 'post':
      // Searches and calculations are posted too.
      return effects[0] === 'changes' || (effects[0] === 'unknown' && effects[1] !== 'reads');
    default:
      return true;
  }
}
