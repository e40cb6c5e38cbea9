import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { arnParts } from '../../../access/app/arn-parts';
import { serviceName } from '../../../access/app/principals';
import type { PolicyCondition } from '../../../policy/document/policy-document';
import { literalOf, type PolicyText, text } from '../../../policy/document/text';
import { compileGlob, globTokens, matchesGlob } from '../../../policy/match/glob';
import { isRequired } from '../conditions/narrowing';
import { speaksOf } from './allowed-actions';
import { type ActionGrant, isUnknown } from './judged-grants';
import { takesIn } from './role-grants';

/** Whether a service gets a role that is passed; `unknown` where the template does not tell the services. */
export type Passing = 'yes' | 'no' | 'unknown';

/** Whether a grant of iam:PassRole says to which services, by itself or by a Deny of all others. */
export function namesServices({ statement, resources }: ActionGrant, role: AppRole): boolean {
  const { conditions } = statement.statement;
  return (
    conditions.some((condition) => isRequired(condition, conditions) && namesAService(condition)) ||
    serviceDenies(role, resources).some(({ statement: deny }) =>
      deny.conditions.every(({ operator }) => operator.negated),
    )
  );
}

/** Whether a grant of iam:PassRole lets a service, such as `lambda`, get the role. */
export function passesTo({ statement, resources }: ActionGrant, role: AppRole, service: string): Passing {
  const { conditions } = statement.statement;
  if (isUnknown(statement, 'Condition')) {
    return 'unknown';
  }
  const answers = conditions.filter(isAboutService).map((condition): Passing => {
    if (!condition.operator.negated && !isRequired(condition, conditions)) {
      return 'yes';
    }
    const named = names(condition, service);
    return named === 'unknown' ? 'unknown' : (named === 'yes') !== condition.operator.negated ? 'yes' : 'no';
  });
  const isDenied = serviceDenies(role, resources).some(({ statement: deny }) =>
    deny.conditions.every((condition) => {
      const named = names(condition, service);
      return named !== 'unknown' && (named === 'yes') !== condition.operator.negated;
    }),
  );
  return isDenied || answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}

/** The denies of passing these roles that depend on the service alone. */
function serviceDenies(role: AppRole, resources: readonly PolicyText[]): AppStatement[] {
  return role.statements.filter((deny) => {
    const { effect, conditions, resource } = deny.statement;
    return (
      effect === 'Deny' &&
      deny.sure &&
      deny.unknown.length === 0 &&
      conditions.length > 0 &&
      conditions.every(isAboutService) &&
      speaksOf(deny, 'iam:PassRole') &&
      resource?.negated === false &&
      resources.every((given) => resource.patterns.some((pattern) => takesIn(pattern, given)))
    );
  });
}

function isAboutService({ key, operator }: PolicyCondition): boolean {
  return key.toLowerCase() === 'iam:passedtoservice' && operator.family === 'String';
}

/** Whether a condition names at least the service, or the service of the resource that is to get the role. */
function namesAService(condition: PolicyCondition): boolean {
  const { key, values } = condition;
  if (key.toLowerCase() === 'iam:associatedresourcearn') {
    return values.every((value) => !/[*?]/.test(literalOf(arnParts(value)?.service ?? text('*')) ?? ''));
  }
  const isPattern = condition.operator.comparison === 'StringLike';
  return isAboutService(condition) && !(isPattern && values.some((value) => /^[*?]/.test(serviceName(value))));
}

/** Whether a service is among the values of a condition. */
function names({ operator, values }: PolicyCondition, service: string): Passing {
  const known = values.map((value) => serviceName(value));
  const isNamed = known.some((name) =>
    operator.comparison === 'StringLike' ? matchesGlob(compileGlob(globTokens(text(name))), service) : name === service,
  );
  return isNamed ? 'yes' : known.some((name) => name.includes('<')) ? 'unknown' : 'no';
}
