import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { acknowledgement } from '../../access/app/acknowledgement';
import { AppModel } from '../../access/app/app-model';
import { acknowledgementsIn, type TreeAcknowledgement } from '../../synth/acknowledgements';
import { type StackTemplate, writtenTemplates } from '../../synth/synthesized-app';
import type { CheckRun } from './check-run';
import { PACK_NAME } from './pack-name';

/** The record of what ran, in the cloud assembly: a report without violations leaves no trace in CDK's own. */
export const RECORD_FILE = 'least-agency-checks.json';

/** What is known of one app while it is checked. */
export interface CheckedApp {
  readonly templates: readonly StackTemplate[];
  readonly model: AppModel;
  /** By the id as CDK keeps it. */
  readonly acknowledgements: ReadonlyMap<string, readonly TreeAcknowledgement[]>;
}

/** Reads an app out of its templates. */
export function checkedApp(root: IConstruct, templates: readonly StackTemplate[]): CheckedApp {
  const given = acknowledgementsIn(root, PACK_NAME);
  const acknowledgements = new Map<string, TreeAcknowledgement[]>();
  for (const one of given) {
    acknowledgements.set(one.id, [...(acknowledgements.get(one.id) ?? []), one]);
  }
  const told = given.map(({ id, reason, constructPath, level }) =>
    acknowledgement(id, reason, { place: constructPath, level }),
  );
  return { templates, model: new AppModel(templates, { acknowledgements: told }), acknowledgements };
}

/**
 * One round of validation of a synthesized app, shared by all packs in it: the app is read once, and what one pack
 * has reported no other reports again.
 */
export class ValidationPass {
  private static readonly current = new WeakMap<IConstruct, ValidationPass>();

  /** The round that is under way; a pack that asks a second time starts a new one. */
  public static of(root: IConstruct, pack: object): ValidationPass {
    let pass = ValidationPass.current.get(root);
    if (!pass || pass.packs.has(pack)) {
      pass = new ValidationPass(root);
      ValidationPass.current.set(root, pass);
    }
    pass.packs.add(pack);
    return pass;
  }

  /** How gravely each finding was reported, by its id and place. */
  public readonly reported = new Map<string, number>();
  public readonly app: CheckedApp;
  private readonly packs = new WeakSet<object>();
  private readonly runs: CheckRun[] = [];

  private constructor(private readonly root: IConstruct) {
    this.app = checkedApp(root, writtenTemplates(root));
  }

  /** Adds a run to the record in the cloud assembly. */
  public record(run: CheckRun): void {
    this.runs.push(run);
    if (App.isApp(this.root)) {
      writeFileSync(
        join(this.root.outdir, RECORD_FILE),
        `${JSON.stringify({ version: 1, runs: this.runs }, null, 2)}\n`,
      );
    }
  }
}

const KEPT_CLEAN = new WeakSet<IConstruct>();

/**
 * Lets every synthesis of an app begin without the record of an earlier one. CDK refuses a plugin that changes a file
 * which was in the assembly before.
 */
export function forgetOldRecord(root: IConstruct): void {
  if (App.isApp(root) && !KEPT_CLEAN.has(root)) {
    KEPT_CLEAN.add(root);
    const forget = (): string[] => {
      rmSync(join(root.outdir, RECORD_FILE), { force: true });
      return [];
    };
    forget();
    root.node.addValidation({ validate: forget });
  }
}
