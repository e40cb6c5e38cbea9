/**
 * System-defined Amazon Bedrock inference profiles: where each can be called from and where its requests can go.
 *
 * Where this was read (Amazon Bedrock User Guide, stored public Markdown copies, not the live site):
 * - "Models at a glance" and the model detail pages (`model-card-*`), section "Regional availability". Since 2026
 *   these carry the tables which `inference-profiles-support` refers to. Copy of August or September 2026 (it is not
 *   dated itself; 2026-08-18 is the newest date in the pages read).
 * - "Supported Regions and models for inference profiles" (`inference-profiles-support`) in its last form with
 *   tables (copy of about December 2025), for rows marked (a): pages not read again, or which no longer give them.
 * Where the two differ the newer one is used. Regions and profiles which AWS adds later appear with a library update.
 *
 * Left out: models no longer listed in "Models at a glance", and profiles whose destinations AWS does not publish
 * (for example the geographic profiles of Claude Opus 5, Sonnet 5 and Fable 5): ask GetInferenceProfile for those.
 */

/** One row: a profile, the regions it can be called from, and the regions each of these routes to. */
export interface InferenceProfileRow {
  /** Profile id, with its geography prefix. */
  readonly profile: string;
  /** Foundation model id: the profile id without its geography prefix. */
  readonly model: string;
  /**
   * Every region in `from` routes to all regions in `to`, as AWS lists them (the source region only where AWS lists
   * it). Empty for `global.` profiles: their destinations are all commercial regions, and IAM expresses them by the
   * ARN without a region, `arn:aws:bedrock:::foundation-model/<model>`.
   */
  readonly routes: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
}

export const INFERENCE_PROFILES_SOURCE = {
  page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html',
  date: '2026-08-18', // newest date in the copy of the model pages which that page refers to
} as const;

type Regions = readonly string[];
type Routes = InferenceProfileRow['routes'];

const row = (geography: string, model: string, routes: Routes): InferenceProfileRow => ({
  profile: `${geography}.${model}`,
  model,
  routes,
});

// United States and Canada
const US3: Regions = ['us-east-1', 'us-east-2', 'us-west-2'];
const US4: Regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'];
const US2: Regions = ['us-east-1', 'us-west-2'];
const US_3: Routes = [{ from: US3, to: US3 }];
const US_4: Routes = [...US_3, { from: ['us-west-1'], to: US4 }];
const US_CA: Routes = [...US_4, { from: ['ca-central-1'], to: ['ca-central-1', ...US3] }];
const US_CA2: Routes = [...US_CA, { from: ['ca-west-1'], to: ['ca-west-1', ...US3] }];
const US_SPLIT: Routes = [
  { from: US2, to: US2 },
  { from: ['us-east-2'], to: US3 },
];
const CA2: Regions = ['ca-central-1', 'ca-west-1'];
const GOV2: Regions = ['us-gov-east-1', 'us-gov-west-1'];

// Europe and Israel
const EU3: Regions = ['eu-central-1', 'eu-west-1', 'eu-west-3'];
const EU4: Regions = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];
const EU6: Regions = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const EU_6: Routes = [{ from: EU6, to: EU6 }];
const EU_8: Routes = [
  ...EU_6,
  { from: ['eu-central-2'], to: [...EU6, 'eu-central-2'] },
  { from: ['eu-west-2'], to: [...EU6, 'eu-west-2'] },
];
const EU_IL: Routes = [...EU_6, { from: ['il-central-1'], to: [...EU6, 'il-central-1'] }];
const EU_NOVA: Routes = [
  { from: EU4, to: EU4 },
  { from: ['eu-south-1'], to: [...EU4, 'eu-south-1'] },
  { from: ['eu-south-2'], to: [...EU4, 'eu-south-2'] },
  { from: ['il-central-1'], to: [...EU4, 'eu-south-1', 'il-central-1'] },
];

// Asia Pacific
const JP2: Regions = ['ap-northeast-1', 'ap-northeast-3'];
const JP: Routes = [{ from: JP2, to: JP2 }];
const AU2: Regions = ['ap-southeast-2', 'ap-southeast-4'];
const AU: Routes = [{ from: AU2, to: AU2 }];
const AU_NZ: Routes = [...AU, { from: ['ap-southeast-6'], to: [...AU2, 'ap-southeast-6'] }];
const AP5: Regions = ['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'];
const AP6: Regions = [...AP5, 'ap-northeast-3'];
const AP8: Regions = [...AP6, 'ap-south-2', 'ap-southeast-4'];
const AP9: Regions = [...AP8, 'ap-southeast-3'];
const APAC_NOVA: Routes = [{ from: AP5, to: AP6 }];
const APAC_SONNET_4: Routes = [
  { from: AP8, to: AP8 }, // 'ap-southeast-4' as a source: (a), like the four below
  { from: ['ap-southeast-3'], to: AP9 },
  { from: ['ap-east-2'], to: [...AP9, 'ap-east-2'] },
  { from: ['ap-southeast-5'], to: [...AP9, 'ap-southeast-5'] },
  { from: ['ap-southeast-7'], to: [...AP9, 'ap-southeast-7'] },
];

// Source regions of global profiles
const EU8: Regions = [...EU6, 'eu-central-2', 'eu-west-2'];
const MEA: Regions = ['il-central-1', 'me-central-1', 'me-south-1', 'af-south-1'];
const AP12: Regions = [...AP9, 'ap-east-2', 'ap-southeast-5', 'ap-southeast-7'];
const GLOBAL32: Regions = [...US4, ...CA2, 'sa-east-1', 'mx-central-1', ...EU8, ...MEA, ...AP12];
const GLOBAL: Routes = [{ from: [...GLOBAL32, 'ap-southeast-6'], to: [] }];
const EU_NOVA_2: Regions = [...EU6, 'eu-west-2', 'il-central-1', 'me-central-1'];
const AP_NOVA_2: Regions = [...AP5, 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6'];
const GLOBAL_NOVA_2: Regions = [...US4, ...CA2, ...EU_NOVA_2, ...AP_NOVA_2, 'ap-southeast-7', 'ap-east-2'];

export const INFERENCE_PROFILES: readonly InferenceProfileRow[] = [
  // Anthropic
  row('global', 'anthropic.claude-opus-5', GLOBAL),
  row('global', 'anthropic.claude-sonnet-5', GLOBAL),
  row('global', 'anthropic.claude-fable-5', GLOBAL),
  row('global', 'anthropic.claude-opus-4-8', GLOBAL),
  row('us', 'anthropic.claude-opus-4-8', US_CA2),
  row('eu', 'anthropic.claude-opus-4-8', EU_8),
  row('jp', 'anthropic.claude-opus-4-8', JP),
  row('au', 'anthropic.claude-opus-4-8', AU),
  row('global', 'anthropic.claude-opus-4-7', GLOBAL),
  row('us', 'anthropic.claude-opus-4-7', US_CA2),
  row('eu', 'anthropic.claude-opus-4-7', EU_8),
  row('jp', 'anthropic.claude-opus-4-7', JP),
  row('au', 'anthropic.claude-opus-4-7', AU),
  row('global', 'anthropic.claude-opus-4-6-v1', GLOBAL),
  row('us', 'anthropic.claude-opus-4-6-v1', US_CA2),
  row('eu', 'anthropic.claude-opus-4-6-v1', EU_8),
  row('au', 'anthropic.claude-opus-4-6-v1', AU_NZ),
  row('global', 'anthropic.claude-sonnet-4-6', GLOBAL),
  row('us', 'anthropic.claude-sonnet-4-6', US_CA2),
  row('eu', 'anthropic.claude-sonnet-4-6', EU_8),
  row('jp', 'anthropic.claude-sonnet-4-6', JP),
  row('au', 'anthropic.claude-sonnet-4-6', AU_NZ),
  row('global', 'anthropic.claude-opus-4-5-20251101-v1:0', GLOBAL),
  row('us', 'anthropic.claude-opus-4-5-20251101-v1:0', US_CA),
  row('eu', 'anthropic.claude-opus-4-5-20251101-v1:0', EU_8),
  row('global', 'anthropic.claude-haiku-4-5-20251001-v1:0', GLOBAL),
  row('us', 'anthropic.claude-haiku-4-5-20251001-v1:0', US_CA),
  row('eu', 'anthropic.claude-haiku-4-5-20251001-v1:0', EU_8),
  row('jp', 'anthropic.claude-haiku-4-5-20251001-v1:0', JP),
  row('au', 'anthropic.claude-haiku-4-5-20251001-v1:0', AU_NZ),
  row('global', 'anthropic.claude-sonnet-4-5-20250929-v1:0', GLOBAL),
  row('us', 'anthropic.claude-sonnet-4-5-20250929-v1:0', US_CA),
  // The model page lists the GovCloud regions in the table of the `us.` id; the older page names the `us-gov.` id.
  row('us-gov', 'anthropic.claude-sonnet-4-5-20250929-v1:0', [{ from: GOV2, to: GOV2 }]),
  row('eu', 'anthropic.claude-sonnet-4-5-20250929-v1:0', EU_8),
  row('jp', 'anthropic.claude-sonnet-4-5-20250929-v1:0', JP),
  row('au', 'anthropic.claude-sonnet-4-5-20250929-v1:0', AU_NZ),
  row('us', 'anthropic.claude-opus-4-1-20250805-v1:0', US_3), // (a)
  row('global', 'anthropic.claude-sonnet-4-20250514-v1:0', [{ from: [...US3, 'eu-west-1', 'ap-northeast-1'], to: [] }]),
  row('us', 'anthropic.claude-sonnet-4-20250514-v1:0', US_4),
  row('eu', 'anthropic.claude-sonnet-4-20250514-v1:0', EU_IL),
  row('apac', 'anthropic.claude-sonnet-4-20250514-v1:0', APAC_SONNET_4),
  row('us', 'anthropic.claude-3-5-haiku-20241022-v1:0', US_3), // (a)
  row('us', 'anthropic.claude-3-haiku-20240307-v1:0', US_SPLIT),
  row('us-gov', 'anthropic.claude-3-haiku-20240307-v1:0', [{ from: ['us-gov-east-1'], to: GOV2 }]),
  row('eu', 'anthropic.claude-3-haiku-20240307-v1:0', [{ from: EU3, to: EU3 }]),
  row('apac', 'anthropic.claude-3-haiku-20240307-v1:0', [{ from: AP5, to: AP5 }]), // (a)

  // Amazon Nova. `apac.`: sources from the model pages, destinations (a).
  row('global', 'amazon.nova-2-lite-v1:0', [{ from: GLOBAL_NOVA_2, to: [] }]),
  row('us', 'amazon.nova-2-lite-v1:0', US_CA2),
  row('eu', 'amazon.nova-2-lite-v1:0', EU_6),
  row('jp', 'amazon.nova-2-lite-v1:0', [{ from: ['ap-northeast-1'], to: JP2 }]),
  row('us', 'amazon.nova-premier-v1:0', US_3),
  row('us', 'amazon.nova-pro-v1:0', US_4),
  row('eu', 'amazon.nova-pro-v1:0', EU_NOVA),
  row('apac', 'amazon.nova-pro-v1:0', APAC_NOVA),
  row('us', 'amazon.nova-lite-v1:0', US_4),
  row('ca', 'amazon.nova-lite-v1:0', [{ from: CA2, to: CA2 }]), // (a)
  row('eu', 'amazon.nova-lite-v1:0', EU_NOVA),
  row('apac', 'amazon.nova-lite-v1:0', APAC_NOVA),
  row('us', 'amazon.nova-micro-v1:0', US_3),
  row('eu', 'amazon.nova-micro-v1:0', EU_NOVA),
  row('apac', 'amazon.nova-micro-v1:0', APAC_NOVA),

  // Meta Llama
  row('us', 'meta.llama4-maverick-17b-instruct-v1:0', US_4),
  row('us', 'meta.llama4-scout-17b-instruct-v1:0', US_4), // (a)
  row('us', 'meta.llama3-3-70b-instruct-v1:0', US_3),
  row('us', 'meta.llama3-2-90b-instruct-v1:0', US_SPLIT), // (a), like the Meta rows below
  row('us', 'meta.llama3-2-11b-instruct-v1:0', US_SPLIT),
  row('us', 'meta.llama3-2-3b-instruct-v1:0', US_SPLIT),
  row('eu', 'meta.llama3-2-3b-instruct-v1:0', [{ from: EU3, to: EU3 }]),
  row('us', 'meta.llama3-2-1b-instruct-v1:0', US_SPLIT),
  row('eu', 'meta.llama3-2-1b-instruct-v1:0', [{ from: EU3, to: EU3 }]),
  row('us', 'meta.llama3-1-405b-instruct-v1:0', [{ from: ['us-east-2'], to: US3 }]),
  row('us', 'meta.llama3-1-70b-instruct-v1:0', US_3),
  row('us', 'meta.llama3-1-8b-instruct-v1:0', US_3),

  // Mistral, DeepSeek, Writer, Cohere
  row('us', 'mistral.pixtral-large-2502-v1:0', US_3),
  row('eu', 'mistral.pixtral-large-2502-v1:0', [{ from: EU4, to: EU4 }]),
  row('us', 'deepseek.r1-v1:0', US_3),
  row('us', 'writer.palmyra-x5-v1:0', US_4),
  row('us', 'writer.palmyra-x4-v1:0', US_4), // (a)
  row('global', 'cohere.embed-v4:0', [{ from: [...US4, 'ca-central-1', 'sa-east-1', ...EU8, ...AP9], to: [] }]),
  row('us', 'cohere.embed-v4:0', US_4),
  row('eu', 'cohere.embed-v4:0', EU_8),

  // TwelveLabs
  row('global', 'twelvelabs.pegasus-1-2-v1:0', [{ from: GLOBAL32, to: [] }]),
  row('us', 'twelvelabs.pegasus-1-2-v1:0', [
    { from: ['us-east-1', 'us-west-1'], to: US4 },
    { from: ['us-east-2', 'us-west-2'], to: US3 },
  ]),
  row('eu', 'twelvelabs.pegasus-1-2-v1:0', EU_8),
  row('us', 'twelvelabs.marengo-embed-3-0-v1:0', [{ from: ['us-east-1'], to: US3 }]),
  row('eu', 'twelvelabs.marengo-embed-3-0-v1:0', [{ from: ['eu-west-1'], to: EU6 }]),
  row('us', 'twelvelabs.marengo-embed-2-7-v1:0', [{ from: ['us-east-1'], to: US4 }]), // (a), like the two below
  row('eu', 'twelvelabs.marengo-embed-2-7-v1:0', [{ from: ['eu-west-1'], to: EU6 }]),
  row('apac', 'twelvelabs.marengo-embed-2-7-v1:0', [{ from: ['ap-northeast-2'], to: AP9 }]),

  // Stability AI (a)
  row('us', 'stability.stable-conservative-upscale-v1:0', US_3),
  row('us', 'stability.stable-creative-upscale-v1:0', US_3),
  row('us', 'stability.stable-fast-upscale-v1:0', US_3),
  row('us', 'stability.stable-image-control-sketch-v1:0', US_3),
  row('us', 'stability.stable-image-control-structure-v1:0', US_3),
  row('us', 'stability.stable-image-erase-object-v1:0', US_3),
  row('us', 'stability.stable-image-inpaint-v1:0', US_3),
  row('us', 'stability.stable-image-remove-background-v1:0', US_3),
  row('us', 'stability.stable-image-search-recolor-v1:0', US_3),
  row('us', 'stability.stable-image-search-replace-v1:0', US_3),
  row('us', 'stability.stable-image-style-guide-v1:0', US_3),
  row('us', 'stability.stable-outpaint-v1:0', US_3),
  row('us', 'stability.stable-style-transfer-v1:0', US_3),
];
