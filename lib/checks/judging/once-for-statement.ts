import type { AppStatement } from '../../access/app/app-statement';
import type { PolicyStatement } from '../../policy/document/policy-document';

/**
 * The same answer for statements that say the same: agents of one app have most of theirs in common.
 *
 * @param judge Looks at the statement alone, not at where it stands.
 */
export function onceForStatement<Answer>(
  judge: (statement: PolicyStatement) => Answer,
): (statement: AppStatement) => Answer {
  const answers = new WeakMap<PolicyStatement, { readonly answer: Answer }>();
  return ({ statement }) => {
    let known = answers.get(statement);
    if (known === undefined) {
      known = { answer: judge(statement) };
      answers.set(statement, known);
    }
    return known.answer;
  };
}
