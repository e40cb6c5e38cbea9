import type { TextTemplate } from './policy-variable';
import type { RequestContext } from './request-context';

/** Whether one value of the request compares positively with one value of the policy. */
export type Comparison = (policyValue: TextTemplate, requestValue: string, context: RequestContext) => boolean;

/** The comparisons of one operator family, by the name of the positive operator. */
export type Comparisons = Readonly<Record<string, Comparison>>;
