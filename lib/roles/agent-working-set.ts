import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { WorkingSet } from '../policy/compare/covered';
import type { TextStatement } from '../policy/compare/text-statement';
import type { AccessLevel } from '../policy/reference/access-level';
import { actionsOf } from '../policy/reference/granted-actions';
import { AgentError } from '../synth/agent-error';
import { cfnText } from '../synth/cfn-text';
import { readStatement } from '../synth/statement-text';
import { resolveKeepingReferences, TokenNames } from '../synth/token-text';
import type { DeclaredStatement, ExplicitStatement } from './declared-statement';
import type { PolicyAttachments, StatementJson } from './policy-attachments';

/** What one grant declares. */
export interface GrantDeclaration {
  /** The id of the grant under its agent. */
  readonly id: string;
  /** The grant's class, such as `AgentModelGrant`. */
  readonly type: string;
  readonly purpose?: string;
  readonly statements: readonly (DeclaredStatement | ExplicitStatement)[];
  /** The access levels of the grant's actions, for explicit statements. */
  readonly levels?: readonly AccessLevel[];
  /** What a reader of the contract should know: what is missing elsewhere, what could not be known. */
  readonly notes?: readonly string[];
  /** Until when the grant holds, as an instant in ISO 8601. */
  readonly until?: string;
  /** Actions given by a policy on the resource instead of the role. */
  readonly resourceSide?: readonly string[];
}

/** One declared statement, as it stands on the role. */
export interface OwnStatement {
  readonly grantId: string;
  readonly json: StatementJson;
  readonly text: TextStatement;
  /** Why the wildcards in its resources are forced by the service; none for wildcards that the user wrote. */
  readonly forcedWildcard?: string;
}

/** A grant of an agent, for its contract. */
export interface DeclaredGrant {
  readonly id: string;
  readonly type: string;
  readonly purpose?: string;
  readonly accessLevels: readonly AccessLevel[];
  readonly actions: readonly string[];
  /** Actions that take no resource, and so are given on `*`. */
  readonly unscopable: readonly string[];
  readonly notes: readonly string[];
  readonly until?: string;
}

const BASELINE = 'Host';

/** Everything an agent's grants and its host's baseline give. */
export class AgentWorkingSet {
  /** The statements in the order they were declared. */
  public readonly statements: OwnStatement[] = [];
  /** The grants in the order they were declared, the host's baseline first. */
  public readonly grants: DeclaredGrant[] = [];
  private readonly sids = new Set<string>();
  private compared?: WorkingSet;

  public constructor(
    private readonly agent: Construct & { readonly agentName: string },
    private readonly attachments: PolicyAttachments,
  ) {}

  /** What covers a request. */
  public get covering(): WorkingSet {
    this.compared ??= new WorkingSet(this.statements.map((statement) => statement.text));
    return this.compared;
  }

  /** Takes the host's baseline in. */
  public declareBaseline(statements: readonly DeclaredStatement[]): void {
    this.declare({ id: BASELINE, type: 'baseline', statements });
  }

  /** Takes one grant in. */
  public declare(grant: GrantDeclaration): void {
    const own = grant.statements.map((statement) => this.own(grant, statement));
    this.refuseDuplicate(grant, own);
    for (const statement of own) {
      this.attachments.add(statement.json);
    }
    this.statements.push(...own);
    this.compared = undefined;
    this.grants.push(summary(grant));
  }

  private own(grant: GrantDeclaration, declared: DeclaredStatement | ExplicitStatement): OwnStatement {
    const actions = actionsIn(declared);
    const hasConditions = Object.values(declared.conditions ?? {}).some((keys) => Object.keys(keys).length > 0);
    const json: StatementJson = {
      Sid: this.sid(`${pascal(grant.id)}${declared.name}`, grant.id),
      Effect: 'Allow',
      Action: oneOrMany(actions),
      Resource: oneOrMany(declared.resources),
      ...(hasConditions ? { Condition: declared.conditions } : {}),
    };
    const names = new TokenNames(Stack.of(this.agent));
    const read = readStatement(resolveKeepingReferences(json, this.agent), (value) => cfnText(value, names));
    if ('unreadable' in read) {
      throw new AgentError('AgentGrantUnreadable', `grant '${grant.id}': ${read.unreadable}`, this.agent);
    }
    const forced =
      declared.wildcard ?? (declared.resources.every((resource) => resource === '*') ? forcedBy(declared) : undefined);
    return {
      grantId: grant.id,
      json,
      text: read.statement,
      ...(forced === undefined ? {} : { forcedWildcard: forced }),
    };
  }

  /** A grant that gives nothing new is a mistake: usually the same grant written twice. */
  private refuseDuplicate(grant: GrantDeclaration, own: readonly OwnStatement[]): void {
    if (grant.id === BASELINE || own.length === 0) {
      return;
    }
    for (const other of this.grants) {
      const given = new WorkingSet(
        this.statements.filter((statement) => statement.grantId === other.id).map((statement) => statement.text),
      );
      if (own.every(({ text }) => given.literalCoverage(text).uncovered.length === 0)) {
        throw new AgentError(
          'AgentGrantDuplicate',
          `grant '${grant.id}' (${grant.type}) of agent '${this.agent.agentName}' gives nothing that ` +
            `${other.id === BASELINE ? "the host's baseline" : `grant '${other.id}'`} does not give already; remove one`,
          this.agent,
        );
      }
    }
  }

  private sid(wanted: string, grantId: string): string {
    const sid = this.sids.has(wanted)
      ? `${wanted}${createHash('sha256').update(grantId).digest('hex').slice(0, 6)}`
      : wanted;
    this.sids.add(sid);
    return sid;
  }
}

/** The actions of a declared statement, sorted, each once. */
export function actionsIn(declared: DeclaredStatement | ExplicitStatement): string[] {
  const actions =
    'actions' in declared
      ? declared.actions
      : declared.needs.flatMap((need) => actionsOf(need).map((row) => row.action));
  return [...new Set(actions)].sort();
}

function summary(grant: GrantDeclaration): DeclaredGrant {
  const rows = grant.statements
    .flatMap((statement) => ('needs' in statement ? statement.needs : []))
    .flatMap(actionsOf);
  const unscopable = grant.statements
    .filter((statement) => statement.resources.every((resource) => resource === '*'))
    .flatMap(actionsIn);
  return {
    id: grant.id,
    type: grant.type,
    ...(grant.purpose === undefined ? {} : { purpose: grant.purpose }),
    accessLevels: [...new Set([...rows.map((row) => row.level), ...(grant.levels ?? [])])].sort(),
    actions: [...new Set([...grant.statements.flatMap(actionsIn), ...(grant.resourceSide ?? [])])].sort(),
    unscopable,
    notes: grant.notes ?? [],
    ...(grant.until === undefined ? {} : { until: grant.until }),
  };
}

function forcedBy(declared: DeclaredStatement | ExplicitStatement): string {
  const rows = 'needs' in declared ? declared.needs.flatMap(actionsOf) : [];
  return rows.find((row) => row.wildcard !== undefined)?.wildcard ?? 'these actions take no resource';
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

/** A construct id as the beginning of a Sid, which holds letters and digits only. */
function pascal(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return name === '' ? `Grant${createHash('sha256').update(id).digest('hex').slice(0, 6)}` : name;
}
