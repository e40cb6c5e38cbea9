import type { AppRole } from '../../../access/app/app-role';
import type { AppStatement } from '../../../access/app/app-statement';
import { displayText, type PolicyText, text } from '../../../policy/document/text';
import { isRequired } from '../conditions/narrowing';
import { speaksOf } from '../grants/allowed-actions';
import { takesIn } from '../grants/role-grants';

const GUARDRAIL = /^bedrock:guardrailidentifier$/i;

/** Whether a statement says anything about the guardrail of a call. */
export function mentionsGuardrail({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some(({ key }) => GUARDRAIL.test(key));
}

/** Whether an Allow holds for calls with a guardrail of its choice alone. */
export function asksForGuardrail({ statement: { conditions } }: AppStatement): boolean {
  return conditions.some((condition) => GUARDRAIL.test(condition.key) && isRequired(condition, conditions));
}

/** Whether a Deny, or the permissions boundary, stops a role's calls of a model that carry another guardrail or none. */
export function isStoppedWithout(role: AppRole, action: string, model: PolicyText): boolean {
  const stops = (deny: AppStatement): boolean => isGuard(deny) && speaksOf(deny, action) && isAbout(deny, model);
  const { presence, arns, policies } = role.boundary;
  const isBound = presence === 'always' && policies.length === arns.length;
  return (
    role.statements.some(stops) ||
    (isBound &&
      policies.every(
        ({ statements }) =>
          statements.some(
            (deny) => stops(deny) || (isForbidding(deny) && speaksOf(deny, action) && isAbout(deny, model)),
          ) || onlyWith(statements, action),
      ))
  );
}

/**
 * Whether all that a boundary leaves of an action asks for the guardrail. A boundary that only does not speak of the
 * action asks for none: many roles share it, and what it leaves out today was not left out for the guardrail.
 */
function onlyWith(statements: readonly AppStatement[], action: string): boolean {
  const allows = statements.filter(
    (statement) => statement.statement.effect === 'Allow' && speaksOf(statement, action),
  );
  return allows.length > 0 && allows.every(asksForGuardrail);
}

function isForbidding({ statement, sure }: AppStatement): boolean {
  return statement.effect === 'Deny' && sure && statement.conditions.length === 0;
}

/** Negated operators, and `Null`, are met where the key is absent, whatever the value; with ForAnyValue they are not. */
function isGuard({ statement, sureButValues }: AppStatement): boolean {
  const [condition, ...more] = statement.conditions;
  if (statement.effect !== 'Deny' || !sureButValues || condition === undefined || more.length > 0) {
    return false;
  }
  const { key, operator, values } = condition;
  const isWithout = operator.negated
    ? operator.set !== 'ForAnyValue'
    : operator.family === 'Null' && values.every((value) => displayText(value).toLowerCase() === 'true');
  return GUARDRAIL.test(key) && isWithout;
}

function isAbout({ statement: { resource } }: AppStatement, model: PolicyText): boolean {
  const { negated, patterns } = resource ?? { negated: false, patterns: [text('*')] };
  return negated
    ? patterns.every((pattern) => !takesIn(pattern, model) && !takesIn(model, pattern))
    : patterns.some((pattern) => takesIn(pattern, model));
}
