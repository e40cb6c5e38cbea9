import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CfnResource,
  IPolicyValidationContext,
  PolicyValidationPluginReport,
  PolicyViolation,
  Stack,
} from 'aws-cdk-lib/core';
import { NagPack } from 'cdk-nag/lib/nag-pack';
import { Construct, type IConstruct } from 'constructs';
import { kindOf } from '../../grants/exact-arn';
import { serviceReferenceVersion } from '../../policy/reference/service-reference';
import { AgentError } from '../../synth/agent-error';
import { type StackTemplate, treeTemplates } from '../../synth/synthesized-app';
import type { CheckSettings } from '../check-settings';
import type { Finding } from '../finding';
import { ruleId } from '../finding-id';
import type { Rule } from '../rule';
import { runRules } from '../run-rules';
import { termsOf } from './acknowledgement-reason';
import type { AgentRoleChecksProps } from './agent-checks-props';
import type { CheckRun } from './check-run';
import { type ChosenRules, chosenRules } from './chosen-rules';
import { PACK_NAME } from './pack-name';
import { packSettings } from './pack-settings';
import { type CheckedApp, checkedApp, forgetOldRecord, RECORD_FILE, ValidationPass } from './validation-pass';
import { type ViolationSeverity, violationOf } from './violation';

/** Where a finding is. */
interface Place {
  readonly stack: string;
  readonly constructPath?: string;
}

const RANK: Readonly<Record<ViolationSeverity, number>> = { fatal: 3, error: 2, warning: 1 };

/**
 * What the packs have in common: rules of the catalogue over one model of the whole app.
 *
 * @internal
 */
export abstract class AgentChecks extends NagPack {
  public readonly name = PACK_NAME;
  public override readonly version?: string;
  public override readonly ruleIds?: string[];
  private readonly chosen: ChosenRules;
  private readonly settings: () => CheckSettings;
  private readonly isVerbose: boolean;

  protected constructor(
    scope: IConstruct,
    private readonly all: readonly Rule[],
    props: AgentRoleChecksProps,
  ) {
    super(scope, props);
    this.packName = PACK_NAME;
    // cdk-nag's own packs can do without a scope; from other languages, and by habit, ours may come without one too.
    if (!Construct.isConstruct(scope)) {
      throw new AgentError(
        'AgentChecksScope',
        `${this.constructor.name} must be given the app or Stage that it is for, got ${kindOf(scope)}; ` +
          `use new ${this.constructor.name}(app)`,
      );
    }
    this.version = packageVersion();
    this.chosen = chosenRules(all, props, scope);
    this.settings = packSettings(props, scope);
    this.isVerbose = props.verbose ?? false;
    this.ruleIds = this.chosen.rules.map(({ name }) => ruleId(name));
    forgetOldRecord(scope.node.root);
    // Users of cdk-nag 2 added packs as Aspects; a pack that is none fails there with words that do not help.
    Object.defineProperty(this, 'visit', {
      value: () => {
        throw new AgentError(
          'AgentChecksAspect',
          `${this.constructor.name} is a validation plugin, not an Aspect; ` +
            `use Validations.of(app).addPlugins(new ${this.constructor.name}(app))`,
          scope,
        );
      },
    });
  }

  /** Checks the app that was synthesized; called by CDK. Of a pack on a Stage only what is in it is reported. */
  public override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const pass = ValidationPass.of(context.appConstruct, this);
    const stacks = new Set(context.stackTemplates.map(({ stackConstructPath }) => stackConstructPath));
    const deployed = new Map<Stack, boolean>();
    const isDeployed = (stack: Stack): boolean => {
      const known = deployed.get(stack) ?? stacks.has(topOf(stack).node.path);
      deployed.set(stack, known);
      return known;
    };
    const { report, run } = this.checked(pass.app, pass.reported, (_, stack) => isDeployed(stack));
    pass.record(run);
    return report;
  }

  /**
   * Checks what is in a scope as the tree stands now, for unit tests; what its roles are is read from the whole app.
   *
   * Synthesize the app before where Aspects matter, and with them tags.
   */
  public override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const app = checkedApp(scope.node.root, treeTemplates(scope.node.root));
    const path = scope.node.path;
    const isInside = (constructPath: string): boolean =>
      path === '' || constructPath === path || constructPath.startsWith(`${path}/`);
    return this.checked(app, new Map(), ({ constructPath }, stack) => isInside(constructPath ?? stack.node.path))
      .report;
  }

  protected override checkResource(_node: CfnResource): void {
    // The rules look at the whole app, not at one resource after the other.
  }

  private checked(
    app: CheckedApp,
    reported: Map<string, number>,
    covers: (place: Place, stack: Stack) => boolean,
  ): { report: PolicyValidationPluginReport; run: CheckRun } {
    const settings = this.settings();
    const templates = new Map(app.templates.map((template) => [template.name, template]));
    // An acknowledgement stands on a construct, and in no template.
    const templateOf = ({ stack, constructPath = '' }: Place): StackTemplate | undefined =>
      templates.get(stack) ??
      app.templates
        .filter(({ name }) => constructPath === name || constructPath.startsWith(`${name}/`))
        .sort((a, b) => b.name.length - a.name.length)[0];
    const isCovered = (place: Place): boolean => {
      const template = templateOf(place);
      return template === undefined || covers(place, template.stack);
    };
    const rules = new Map(this.chosen.rules.map((rule) => [rule.name, rule]));
    const findings = runRules(this.chosen.rules, app.model, settings).filter(isCovered);
    const violations: PolicyViolation[] = [];
    const counts = { fatal: 0, error: 0, warning: 0, info: 0 };
    for (const finding of findings) {
      const severity = this.severityOf(finding);
      counts[severity] += 1;
      const key = `${finding.id} ${finding.stack} ${finding.logicalId}`;
      if (severity === 'info' || (reported.get(key) ?? 0) >= RANK[severity]) {
        continue;
      }
      reported.set(key, RANK[severity]);
      const template = templates.get(finding.stack);
      const expired = expiredOn(finding, app, settings.date);
      violations.push(
        violationOf(finding, {
          // CDK silences by the id alone, whatever the reason says: what expired comes back under another one.
          id: expired === undefined ? finding.id : `${finding.id}-expired`,
          severity,
          rule: rules.get(finding.rule),
          template,
          note: expired === undefined ? undefined : `It was acknowledged until ${expired}.`,
          verbose: this.isVerbose,
        }),
      );
    }
    const run = this.runOf(app, isCovered, findings, counts, settings);
    const report = {
      success: violations.every(({ severity }) => severity === 'warning'),
      violations,
      ...(this.version === undefined ? {} : { pluginVersion: this.version }),
      metadata: {
        rules: String(run.rules),
        agents: String(run.agents),
        agentRoles: String(run.agentRoles.length),
        serviceReference: `${run.serviceReference.version} of ${run.serviceReference.date}`,
        date: run.date,
        record: RECORD_FILE,
      },
    };
    return { report, run };
  }

  private severityOf({ rule, id, severity }: Finding): ViolationSeverity | 'info' {
    // A rule that failed says nothing of what it checks: that cannot be accepted, only mended or switched off.
    if (id === `${ruleId(rule)}-failed`) {
      return 'fatal';
    }
    if (severity !== 'error') {
      return severity;
    }
    return this.chosen.critical.has(rule) ? 'fatal' : this.chosen.warnings.has(rule) ? 'warning' : 'error';
  }

  private runOf(
    { model }: CheckedApp,
    isCovered: (place: Place) => boolean,
    findings: readonly Finding[],
    counts: CheckRun['findings'],
    { date }: CheckSettings,
  ): CheckRun {
    const { rules, warnings, relaxed } = this.chosen;
    const reference = serviceReferenceVersion();
    return {
      pack: this.constructor.name,
      packVersion: this.version ?? '',
      date,
      serviceReference: { version: reference.version, date: reference.date.slice(0, 10) },
      rules: rules.length,
      switchedOff: this.all.flatMap((rule) => (rules.includes(rule) ? [] : [rule.name])),
      onlyWarnings: [...warnings],
      relaxed,
      agents: model.agents.filter(({ resource }) => isCovered(resource)).length,
      agentRoles: model.agentRoles.flatMap(({ resource }) => (isCovered(resource) ? [resource.title] : [])),
      findings: counts,
      infos: findings.filter(({ severity }) => severity === 'info'),
    };
  }
}

/** The last day of the acknowledgements of a finding, where all of them have ended. */
function expiredOn({ id, constructPath }: Finding, { acknowledgements }: CheckedApp, date: string): string | undefined {
  const given = acknowledgements.size === 0 ? undefined : acknowledgements.get(`${PACK_NAME}::${id}`);
  if (given === undefined) {
    return undefined;
  }
  const days = given
    .filter((one) => one.constructPath === '' || `${constructPath ?? ''}/`.startsWith(`${one.constructPath}/`))
    .map(({ reason }) => termsOf(reason)?.expires);
  const last = days
    .map((day) => day ?? '9999-12-31')
    .sort()
    .at(-1);
  return last === undefined || last >= date ? undefined : last;
}

/** The stack that is deployed by itself: the one that holds a nested stack. */
function topOf(stack: Stack): Stack {
  return stack.nestedStackParent ? topOf(stack.nestedStackParent) : stack;
}

function packageVersion(): string {
  const file = join(__dirname, '..', '..', '..', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
