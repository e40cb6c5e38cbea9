import { type Atom, type PolicyText, text } from '../../policy/document/text';

/** The six parts of an ARN, atoms and all; undefined for a text that does not begin with `arn:`. */
export interface ArnParts {
  readonly partition: PolicyText;
  readonly service: PolicyText;
  readonly region: PolicyText;
  readonly account: PolicyText;
  /** What names the resource: everything behind the fifth colon. Absent when there are fewer parts. */
  readonly tail?: PolicyText;
}

const known = new WeakMap<PolicyText, ArnParts>();

/** Takes an ARN apart at its colons. */
export function arnParts(arn: PolicyText): ArnParts | undefined {
  const [first] = arn;
  if (typeof first !== 'string' || !first.startsWith('arn:')) {
    return undefined;
  }
  // Most rules ask, and of the same resources.
  let parts = known.get(arn);
  if (parts === undefined) {
    parts = takenApart(arn);
    known.set(arn, parts);
  }
  return parts;
}

function takenApart(arn: PolicyText): ArnParts {
  const parts: (string | Atom)[][] = [[]];
  for (const piece of arn) {
    if (typeof piece !== 'string') {
      parts.at(-1)?.push(piece);
      continue;
    }
    let rest = piece;
    for (let colon = rest.indexOf(':'); colon >= 0 && parts.length < 6; colon = rest.indexOf(':')) {
      parts.at(-1)?.push(rest.slice(0, colon));
      parts.push([]);
      rest = rest.slice(colon + 1);
    }
    parts.at(-1)?.push(rest);
  }
  const [, partition, service, region, account, tail] = parts.map((part) => text(...part));
  return {
    partition: partition ?? [],
    service: service ?? [],
    region: region ?? [],
    account: account ?? [],
    ...(tail === undefined ? {} : { tail }),
  };
}
