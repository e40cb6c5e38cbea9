import type { OverlayRow } from './overlay-row';

/**
 * Actions that are used on `*` although the reference lists a resource type for them, none of them required.
 *
 * Reviewed one by one: what scopes these actions is a condition, or nothing does. Every other action with resource
 * types counts as one that can be scoped, also when none of its types is required.
 */
export const UNSCOPED_BY_PRACTICE: readonly OverlayRow[] = [
  {
    reason: 'metrics are no resources in IAM; cloudwatch:namespace scopes the action',
    actions: ['cloudwatch:PutMetricData'],
  },
  {
    reason: 'metrics are no resources in IAM; the type is for datasets alone',
    actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'],
  },
  {
    reason: 'cost data belongs to the account; the type is for billing views alone',
    actions: [
      'billing:GetBillingData',
      'billing:GetBillingDetails',
      'ce:GetCostAndUsage',
      'ce:GetCostAndUsageComparisons',
      'ce:GetCostAndUsageWithResources',
      'ce:GetCostCategories',
      'ce:GetCostComparisonDrivers',
      'ce:GetCostForecast',
      'ce:GetDimensionValues',
      'ce:GetTags',
      'ce:GetUsageForecast',
    ],
  },
  {
    reason: 'the text or the image comes with the request; the type is for custom models alone',
    actions: ['comprehend:DetectEntities', 'rekognition:DetectModerationLabels'],
  },
  {
    reason: 'the text comes with the request; the types are for custom terms and examples alone',
    actions: ['translate:TranslateDocument', 'translate:TranslateText'],
  },
  {
    reason: 'an account has one hub of findings; conditions on the findings scope the action, or nothing does',
    actions: [
      'securityhub:GetControlFindingSummary',
      'securityhub:GetFindingHistory',
      'securityhub:GetFindings',
      'securityhub:GetFindingsTrendsV2',
      'securityhub:GetInsightResults',
      'securityhub:GetInsights',
      'securityhub:GetResourcesV2',
    ],
  },
  {
    reason: 'the quotas of a service belong to the account',
    actions: ['servicequotas:GetServiceQuota'],
  },
  {
    reason: 'makes what has no name yet; the type is there for its tags alone',
    actions: [
      'bedrock:CreateDataAutomationProject',
      'bedrock:CreateGuardrail',
      'elasticloadbalancing:CreateLoadBalancer',
    ],
  },
  {
    reason: 'the text comes with the request; the type is for lexicons, which only change how it is pronounced',
    actions: ['polly:StartSpeechSynthesisStream', 'polly:SynthesizeSpeech'],
  },
  {
    reason: 'lists what the account has; the type is a filter of the answer',
    actions: [
      'bedrock:ListAutomatedReasoningPolicies',
      'bedrock:ListBlueprints',
      'bedrock:ListDataAutomationLibraries',
      'bedrock:ListDataAutomationProjects',
      'glue:ListSchemas',
      'iot:ListSecurityProfiles',
      'logs:ListAnomalies',
      'logs:ListLogAnomalyDetectors',
      'mediaconvert:ListJobs',
      'mediaconvert:SearchJobs',
    ],
  },
];

const REASONS: ReadonlyMap<string, string> = new Map(
  UNSCOPED_BY_PRACTICE.flatMap(({ reason, actions }) => actions.map((action) => [action, reason] as const)),
);

/** Why `*` is right for an action that could take a resource; undefined when it is not. */
export function unscopedReason(action: string): string | undefined {
  return REASONS.get(action);
}
