import type { AppResource } from './app-resource';
import type { AppTemplate } from './app-template';
import { objectOf, plainText } from './json';

/** How much of an app an acknowledgement covers: it is inherited by everything below. */
export type AcknowledgementLevel = 'app' | 'stage' | 'stack' | 'construct';

/** That somebody acknowledged a finding, or a whole rule. */
export interface Acknowledgement {
  /** As it was written, without the plugin's prefix: `LeastAgency-NetPublic-3f9c2a1b`. */
  readonly id: string;
  /** Without the terms at its end. */
  readonly reason: string;
  /** Where it stands: the path of the construct, or the logical id. */
  readonly place: string;
  readonly level: AcknowledgementLevel;
  readonly owner?: string;
  /** The last day it holds, as it was written. */
  readonly expires?: string;
  /** The resource that it stands on, where it stands on one. */
  readonly resource?: AppResource;
  /** The name of the template, where it stands in one. */
  readonly stack?: string;
}

/** Reads an id and a reason as they are kept: `<reason> [owner: <owner>; expires: YYYY-MM-DD]`. */
export function acknowledgement(
  id: string,
  reason: string,
  where: Pick<Acknowledgement, 'place' | 'level' | 'resource' | 'stack'>,
): Acknowledgement {
  const terms = /\[owner:([^[\];]*);\s*expires:([^[\];]*)\]$/i.exec(reason.trimEnd());
  const [owner, expires] = [terms?.[1]?.trim() ?? '', terms?.[2]?.trim() ?? ''];
  return {
    id: id.trim().replace(/^[A-Za-z]+::/, ''),
    reason: (terms === null ? reason : reason.slice(0, terms.index)).trim(),
    ...where,
    ...(owner === '' ? {} : { owner }),
    ...(expires === '' ? {} : { expires }),
  };
}

interface Written {
  readonly id: string;
  readonly reason: string;
}

/**
 * The acknowledgements that stand in templates: into the metadata of each resource that one covers, and for
 * whole stacks into the metadata of the template.
 *
 * What stands with the same words on every resource of a template, of several that are no parts of one construct, is
 * one for the whole stack.
 */
export function writtenAcknowledgements(
  templates: readonly AppTemplate[],
  resources: readonly AppResource[],
): Acknowledgement[] {
  return templates.flatMap((template) => {
    const own = resources.filter(
      (resource) => resource.template === template && resource.type !== 'AWS::CDK::Metadata',
    );
    const wide = new Map(writtenIn(template.body.Metadata).map((written) => [keyOf(written), written]));
    const counts = new Map<string, number>();
    const single = own.flatMap((resource) => writtenIn(resource.metadata).map((written) => ({ resource, written })));
    for (const { written } of single) {
      counts.set(keyOf(written), (counts.get(keyOf(written)) ?? 0) + 1);
    }
    for (const { written } of single) {
      if (own.length > 2 && counts.get(keyOf(written)) === own.length && !isOneConstruct(own)) {
        wide.set(keyOf(written), written);
      }
    }
    return [
      ...[...wide.values()].map(({ id, reason }) =>
        acknowledgement(id, reason, { place: template.name, level: 'stack', stack: template.name }),
      ),
      ...single
        .filter(({ written }) => !wide.has(keyOf(written)))
        .map(({ resource, written: { id, reason } }) =>
          acknowledgement(id, reason, { place: resource.title, level: 'construct', resource }),
        ),
    ];
  });
}

/** Whether all of these resources are parts of one construct of a stack. */
function isOneConstruct(resources: readonly AppResource[]): boolean {
  const [first = [], ...others] = resources.map(({ constructPath }) => constructPath?.split('/') ?? []);
  const different = first.findIndex((part, index) => others.some((path) => path[index] !== part));
  return different > 1;
}

function keyOf({ id, reason }: Written): string {
  return `${id} ${reason}`;
}

/**
 * What stands in a metadata block: cdk-nag keeps `cdk_nag: { rules_to_suppress: [{ id, reason, applies_to? }] }`, and CDK
 * `aws:cdk:acknowledged-rules: { <id>: <reason> }`.
 */
function writtenIn(metadata: unknown): Written[] {
  const { cdk_nag: nag, 'aws:cdk:acknowledged-rules': cdk } = objectOf(metadata);
  const { rules_to_suppress: rules } = objectOf(nag);
  const acknowledged = Object.entries(objectOf(cdk)).map(([id, reason]) => ({ id, reason: plainText(reason) }));
  const suppressed = (Array.isArray(rules) ? rules : [])
    .map(objectOf)
    .flatMap(({ id, reason, applies_to: applies }) => {
      const said = plainText(reason);
      const parts = (Array.isArray(applies) ? applies : []).map(plainText).filter((part) => part !== '');
      const ids = parts.length === 0 ? [plainText(id)] : parts.map((part) => `${plainText(id)}[${part}]`);
      return ids.filter((name) => name !== '').map((name) => ({ id: name, reason: said }));
    });
  return [...acknowledged, ...suppressed];
}
