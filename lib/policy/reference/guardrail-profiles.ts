/** A guardrail profile: where a guardrail that uses it can be called from, and where the check can run. */
export interface GuardrailProfileRow {
  /** Profile id, such as `us.guardrail.v1:0`. */
  readonly profile: string;
  readonly routes: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
}

export const GUARDRAIL_PROFILES_SOURCE = {
  page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region-support.html',
  date: '2026-08-18',
} as const;

type Regions = readonly string[];

const US: Regions = ['us-east-1', 'us-east-2', 'us-west-2'];
const GOV: Regions = ['us-gov-east-1', 'us-gov-west-1'];
const EU: Regions = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const APAC: Regions = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
];
const APAC_8: Regions = [...APAC, 'ap-south-2', 'ap-southeast-4'];
const APAC_9: Regions = [...APAC_8, 'ap-southeast-3'];
const APAC_CALLERS: Regions = ['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'];

/** One region that routes to a list and to itself. */
const alsoItself = (from: string, to: Regions) => ({ from: [from], to: [...to, from] });

export const GUARDRAIL_PROFILES: readonly GuardrailProfileRow[] = [
  { profile: 'us.guardrail.v1:0', routes: [{ from: US, to: US }, alsoItself('us-west-1', US)] },
  { profile: 'us-gov.guardrail.v1:0', routes: [{ from: GOV, to: GOV }] },
  { profile: 'eu.guardrail.v1:0', routes: [{ from: EU, to: EU }, alsoItself('il-central-1', EU)] },
  { profile: 'uk.guardrail.v1:0', routes: [{ from: ['eu-west-2'], to: ['eu-west-2'] }] },
  { profile: 'au.guardrail.v1:0', routes: [{ from: ['ap-southeast-2'], to: ['ap-southeast-2'] }] },
  { profile: 'ca.guardrail.v1:0', routes: [{ from: ['ca-central-1'], to: ['ca-central-1', 'ca-west-1'] }] },
  {
    profile: 'apac.guardrail.v1:0',
    routes: [
      { from: APAC_CALLERS, to: APAC },
      { from: ['ap-southeast-4'], to: APAC_8 },
      { from: ['ap-southeast-3'], to: APAC_9 },
      alsoItself('ap-east-2', APAC_9),
      alsoItself('ap-southeast-5', APAC_9),
      alsoItself('ap-southeast-7', APAC_9),
      alsoItself('me-central-1', APAC_9),
    ],
  },
];
