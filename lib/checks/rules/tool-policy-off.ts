import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { Value } from '../../access/app/value';
import { literalOf } from '../../policy/document/text';
import { rolloutStage } from '../judging/tools/rollout-stage';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** A gateway, a tool policy or a harness that lets every call to a tool through. */
export const TOOL_POLICY_OFF: Rule = {
  name: 'tool-policy-off',
  group: 'TAM',
  severity: 'error',
  title: 'Calls to the tools of an agent are not held back by a policy.',
  why: 'IAM decides who may call a gateway, not which tool and with what: that is for the Cedar policies of its policy engine. Without them, or where they only write to a log, an injected instruction may call every tool with any argument.',
  fix: 'Give the gateway an authorizer and a PolicyEngineConfiguration with Mode ENFORCE, and the harness an AllowedTools that names its tools. While policies are tried out, tag the gateway or the engine RolloutStage.',
  frameworks: ['OWASP ASI02', 'CSA MAESTRO L7', 'AWS AGENTSEC02-BP01', 'NIST CSF 2.0 PR.AA', 'NIST CSF 2.0 DE.CM'],
  *check(app): Iterable<Observation> {
    for (const gateway of app.ofType('AWS::BedrockAgentCore::Gateway')) {
      yield* withoutAuthorizer(gateway);
      yield* withoutEngine(app, gateway);
    }
    for (const policy of app.ofType('AWS::BedrockAgentCore::Policy')) {
      yield* withoutEffect(app, policy);
    }
    for (const harness of app.ofType('AWS::BedrockAgentCore::Harness')) {
      const allowed = harness
        .get('AllowedTools')
        .items()
        .flatMap((tool) => tool.literals());
      if (allowed.some((tool) => /^\*+$/.test(tool.trim()))) {
        yield {
          resource: harness,
          cause: ['AllowedTools'],
          message: `Harness ${harness.title} allows every tool: AllowedTools has '*'.`,
          fix: 'Name the tools in AllowedTools one by one.',
        };
      }
    }
  },
};

function* withoutAuthorizer(gateway: AppResource): Iterable<Observation> {
  const type = gateway.get('AuthorizerType');
  if (says(type, 'NONE')) {
    yield {
      resource: gateway,
      cause: ['AuthorizerType'],
      message: `Gateway ${gateway.title} asks nobody who they are: AuthorizerType is NONE.`,
      fix: 'Set AuthorizerType to AWS_IAM, or to CUSTOM_JWT with an AuthorizerConfiguration.',
    };
  } else if (isUntold(type)) {
    yield {
      resource: gateway,
      cause: ['AuthorizerType'],
      severity: 'info',
      message: `Whether gateway ${gateway.title} asks who calls is not in the template.`,
      undecided: 'AuthorizerType is a value without a default',
    };
  }
}

function* withoutEngine(app: AppModel, gateway: AppResource): Iterable<Observation> {
  const configuration = gateway.get('PolicyEngineConfiguration');
  const mode = configuration.get('Mode');
  if (configuration.presence !== 'always') {
    yield {
      resource: gateway,
      cause: ['PolicyEngineConfiguration'],
      message: `Gateway ${gateway.title} has no policy engine${configuration.presence === 'never' ? '' : ' in one branch'}: whoever may call it may call each of its tools with any argument.`,
    };
  }
  if (says(mode, 'LOG_ONLY')) {
    const engines = configuration
      .get('Arn')
      .texts()
      .flatMap((arn) => app.resourceOf(arn, gateway) ?? []);
    if (![gateway, ...engines].some((resource) => rolloutStage(resource) !== undefined)) {
      yield {
        resource: gateway,
        cause: ['Mode'],
        message: `The policy engine of gateway ${gateway.title} only writes to a log what it would refuse: Mode is LOG_ONLY.`,
        fix: 'Set Mode to ENFORCE, or tag the gateway RolloutStage while the policies are tried out.',
      };
    }
  } else if (isUntold(mode)) {
    yield {
      resource: gateway,
      cause: ['Mode'],
      severity: 'info',
      message: `Whether the policy engine of gateway ${gateway.title} refuses calls is not in the template.`,
      undecided: 'Mode is a value without a default',
    };
  }
}

function* withoutEffect(app: AppModel, policy: AppResource): Iterable<Observation> {
  if (says(policy.get('EnforcementMode'), 'LOG_ONLY') && !inRollout(app, policy)) {
    yield {
      resource: policy,
      cause: ['EnforcementMode'],
      message: `The tool policy ${policy.title} is only written to a log: EnforcementMode is LOG_ONLY.`,
      fix: 'Leave EnforcementMode out (it is ACTIVE then), or tag the policy engine RolloutStage while the policy is tried out.',
    };
  }
  const ignored = policy
    .get('ValidationMode')
    .literals()
    .find((mode) => /IGNORE/i.test(mode));
  if (ignored !== undefined) {
    yield {
      resource: policy,
      cause: ['ValidationMode'],
      message: `The tool policy ${policy.title} is taken as it is, whatever its validation finds: ValidationMode is ${ignored}. A policy that permits everything, or nothing that exists, passes too.`,
      fix: 'Set ValidationMode to FAIL_ON_ANY_FINDINGS.',
    };
  }
}

/** Whether the engine of a policy, or a gateway with that engine, declares a rollout: policies have no tags. */
function inRollout(app: AppModel, policy: AppResource): boolean {
  const engines = policy
    .get('PolicyEngineId')
    .texts()
    .flatMap((id) => app.resourceOf(id, policy) ?? []);
  const gateways = app.ofType('AWS::BedrockAgentCore::Gateway').filter((gateway) =>
    gateway
      .get('PolicyEngineConfiguration', 'Arn')
      .texts()
      .some((arn) => engines.some((engine) => app.resourceOf(arn, gateway) === engine)),
  );
  return [...engines, ...gateways, policy].some((resource) => rolloutStage(resource) !== undefined);
}

function says(value: Value, wanted: string): boolean {
  return value.literals().some((said) => said.trim().toUpperCase() === wanted);
}

function isUntold(value: Value): boolean {
  return value.texts().some((said) => literalOf(said) === undefined);
}
