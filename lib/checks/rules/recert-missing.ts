import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { literalOf } from '../../policy/document/text';
import { dayIn } from '../judging/day';
import { taggedAs, tagPresence } from '../judging/identity/agent-tags';
import { hasContract, isCertified } from '../judging/identity/certification';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

/** An agent whose access nobody has to look at again, or should have by now. */
export const RECERT_MISSING: Rule = {
  name: 'recert-missing',
  group: 'AUD',
  severity: 'warning',
  title: 'No day is set for the next review of an agent role, or it is past.',
  why: 'Agents get new tools, prompts and data while their roles stay. Without a day to look again, what was right for the first version is still allowed years later.',
  fix: 'Tag the role ReviewBy=YYYY-MM-DD (`reviewBy` of ScopedAgentRole), and move the day on when somebody has looked; or certify the agent.',
  frameworks: [
    'OWASP NHI1',
    'NIST SP 800-53 AC-6(7)',
    'NIST AI RMF GOVERN',
    'AWS AGENTSEC03-BP04',
    'NIST CSF 2.0 DE.CM',
    'NIST CSF 2.0 GV',
  ],
  *check(app, { date }): Iterable<Observation> {
    for (const role of app.agentRoles) {
      const places = taggedAs(role);
      const said = reviewsIn(places);
      if (said.length === 0) {
        yield* withoutReview(role);
        continue;
      }
      const { resource } = role;
      const past = said.find((value) => value !== undefined && isPast(value, date));
      if (past !== undefined) {
        yield {
          resource,
          cause: [past],
          message: `The review of ${resource.title} was due by ${past}; today is ${date}.`,
        };
      } else if (tagPresence(places, REVIEW_BY) === 'sometimes') {
        yield { resource, cause: ['sometimes'], message: `${resource.title} has the tag ReviewBy in one branch only.` };
      } else if (said.includes(undefined)) {
        yield {
          resource,
          severity: 'info',
          message: `By when ${resource.title} has to be reviewed is not in the template.`,
          undecided: 'the tag ReviewBy is a value without a default',
        };
      } else {
        yield* withoutDay(resource, said);
      }
    }
  },
};

const REVIEW_BY = 'ReviewBy';

function* withoutReview(role: AppRole): Iterable<Observation> {
  const { resource } = role;
  if (isCertified(taggedAs(role))) {
    return;
  }
  yield hasContract(role)
    ? {
        resource,
        severity: 'info',
        message: `${resource.title} has no tag ReviewBy. Whether its access contract is certified is not in the template.`,
        undecided: 'certifications are kept beside the app',
      }
    : { resource, message: `${resource.title} has neither a tag ReviewBy nor a certification.` };
}

function* withoutDay(resource: AppResource, said: readonly (string | undefined)[]): Iterable<Observation> {
  const odd = said.find((value) => value !== undefined && isNoDay(value));
  if (odd !== undefined) {
    yield {
      resource,
      cause: [odd],
      message: `The tag ReviewBy of ${resource.title} says '${odd}', which is no day.`,
      fix: 'Write the day as YYYY-MM-DD, such as 2027-06-30.',
    };
  }
}

/** What the tag ReviewBy says, on the first of the resources that has it; undefined for what the template does not tell. */
function reviewsIn(places: readonly AppResource[]): (string | undefined)[] {
  const tagged = places.find((place) => place.tagPresence(REVIEW_BY) !== 'never');
  const values = tagged?.tags().filter(([name]) => name.toLowerCase() === REVIEW_BY.toLowerCase()) ?? [];
  return values.flatMap(([, value]) => value.texts().map((text) => literalOf(text)));
}

/** Whether a day is over; another way to write a date is judged by its year alone. */
function isPast(said: string, date: string): boolean {
  const day = dayIn(said);
  const year = yearIn(said);
  return day === undefined ? year !== undefined && year < date.slice(0, 4) : day < date;
}

/** Whether a text tells no year, or a day that no calendar has, such as 2027-02-30. */
function isNoDay(said: string): boolean {
  return yearIn(said) === undefined || (/^\s*\d{4}-\d{2}-\d{2}/.test(said) && dayIn(said) === undefined);
}

function yearIn(said: string): string | undefined {
  return /(?<!\d)(20\d{2})(?!\d)/.exec(said)?.[1];
}
