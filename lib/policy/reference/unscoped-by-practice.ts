/**
 * Actions that are used on `*` although the reference lists a resource type for them, none of them required.
 *
 * Reviewed one by one: what scopes these actions is a condition, or nothing does.
 */
export const UNSCOPED_BY_PRACTICE: Readonly<Record<string, string>> = {
  'ce:GetCostAndUsage': 'cost data belongs to the account; the type is for billing views alone',
  'cloudwatch:PutMetricData': 'metrics are no resources in IAM; cloudwatch:namespace scopes the action',
};
