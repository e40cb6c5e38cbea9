import type { AppRole } from '../../../access/app/app-role';
import { arnParts } from '../../../access/app/arn-parts';
import { literalOf, type PolicyText } from '../../../policy/document/text';
import { speaksOf } from '../grants/allowed-actions';

/** Whether an account is the one that a role is in; `unknown` where the template does not tell. */
export type AtHome = 'home' | 'elsewhere' | 'unknown';

/**
 * Whether an account, as it stands in an ARN, is the account of a role. A plain template does not say where it is
 * deployed; what the role's trust asks of the account of its service, and what else its policies name, does.
 */
export function isAtHome(account: PolicyText, role: AppRole): AtHome {
  const [first, ...more] = account;
  if (more.length === 0 && typeof first === 'object' && first.atom === 'AWS::AccountId') {
    return 'home';
  }
  const literal = literalOf(account);
  if (literal === undefined || !/^\d{12}$/.test(literal)) {
    return 'unknown';
  }
  const known = role.resource.template.account;
  const homes = known === undefined ? saidHomes(role) : new Set([known]);
  return homes.size === 0 ? 'unknown' : homes.has(literal) ? 'home' : 'elsewhere';
}

function saidHomes(role: AppRole): ReadonlySet<string> {
  const trusted = role.trust.flatMap(({ statement: { conditions } }) =>
    conditions.flatMap(({ key, operator, values }) =>
      operator.negated
        ? []
        : key.toLowerCase() === 'aws:sourceaccount'
          ? values
          : key.toLowerCase() === 'aws:sourcearn'
            ? values.map((value) => arnParts(value)?.account ?? [])
            : [],
    ),
  );
  const homes = accountsIn(trusted);
  if (homes.size > 0) {
    return homes;
  }
  const named = role.statements
    .filter((statement) => !speaksOf(statement, 'sts:AssumeRole'))
    .flatMap(({ statement }) => statement.resource?.patterns ?? [])
    .flatMap((resource) => {
      const account = arnParts(resource)?.account;
      return account === undefined ? [] : [account];
    });
  return accountsIn(named);
}

/** The accounts among some texts. A template that is for any account says so by the pseudo parameter. */
function accountsIn(texts: readonly PolicyText[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((account) => {
      const literal = literalOf(account);
      return literal === undefined
        ? account.some((part) => typeof part === 'object' && part.atom === 'AWS::AccountId')
          ? ['AWS::AccountId']
          : []
        : /^\d{12}$/.test(literal)
          ? [literal]
          : [];
    }),
  );
}
