import { EXCESS, type Host, requestCases } from '../../test/claims-agent/cases';
import type { JudgedRole } from '../../test/claims-agent/judged-role';

/** How many of the requests that were asked are allowed, and by name which. */
export interface Count {
  readonly asked: number;
  readonly allowed: number;
  readonly allowedNames: readonly string[];
  readonly deniedNames: readonly string[];
}

/** What one role allows of what the claims agent needs and of what it never needs. */
export interface Measurement {
  readonly needs: Count;
  readonly platform: Count;
  readonly excess: Count;
  readonly categories: readonly ({ readonly title: string } & Count)[];
}

/** Asks a role about every request in test/cases/claims-agent that means something on its host. */
export function measure(role: JudgedRole, host: Host): Measurement {
  const ask = (file: string): Count => {
    const requests = requestCases(file, host);
    const allowed = requests.filter((request) => role.allows(request, host));
    return {
      asked: requests.length,
      allowed: allowed.length,
      allowedNames: allowed.map(({ name }) => name),
      deniedNames: requests.filter((request) => !allowed.includes(request)).map(({ name }) => name),
    };
  };
  const categories = EXCESS.map(({ file, title }) => ({ title, ...ask(file) }));
  return { needs: ask('needs'), platform: ask(`platform-${host}`), excess: total(categories), categories };
}

function total(counts: readonly Count[]): Count {
  return {
    asked: counts.reduce((sum, { asked }) => sum + asked, 0),
    allowed: counts.reduce((sum, { allowed }) => sum + allowed, 0),
    allowedNames: counts.flatMap(({ allowedNames }) => allowedNames),
    deniedNames: counts.flatMap(({ deniedNames }) => deniedNames),
  };
}
