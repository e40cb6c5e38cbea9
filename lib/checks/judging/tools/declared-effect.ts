/** What a tool does to the world, as far as its name and description tell. */
export type DeclaredEffect = 'changes' | 'reads' | 'unknown';

/** Verbs that change something, wherever they stand as a verb. */
const CHANGES = words(
  'activate add adjust allocate amend append apply approve archive assign attach authorize ban block buy cancel ' +
    'change checkout clear clone close commit complete configure copy create deactivate debit decline delete deploy deprovision destroy ' +
    'decrease detach disable disburse discard dispatch drop duplicate edit email enable enroll erase escalate execute expire extend flush forward grant hire ' +
    'import increase initiate insert install invite issue kill launch lock mark merge modify move notify overwrite patch pay ' +
    'persist place provision publish purchase purge push put raise reactivate reassign reboot redeem refund register reject ' +
    'release remove rename renew reopen replace reply reschedule reset resize resolve restart restore resubmit resume ' +
    'revoke rollback rotate save scale sell send set settle ship shut shutdown sign stop store submit subscribe suspend switch sync ' +
    'terminate trade transfer trigger truncate turn unassign unblock uninstall unlock unregister unsubscribe update upgrade ' +
    'upload upsert void waive wipe withdraw write',
);
/** Words that are verbs as often as they are things: they change something only with an object. */
const MAY_CHANGE = words(
  'book charge comment deposit file log message open order post record reserve run schedule start tag',
);
const READS = words(
  'analyse analyze answer ask assess authenticate browse calculate check classify collect compare compose compute convert count describe detect diff display ' +
    'download draft estimate evaluate explain export extract fetch filter find format gather get has inspect is identify list load look ' +
    'lookup measure monitor obtain parse peek ping predict preview price query quote rank read recommend render report retrieve review scan score ' +
    'search select show simulate suggest summarise summarize test track translate triage validate verify view',
);
/** Verbs that are also the names of things with a state to read: `refund_status`. */
const ALSO_THINGS = words('deploy import purchase refund release sync trade transfer upload');
/** Verbs that are nothing else, wherever they stand in a name. */
const CLEAR = words('approve cancel create delete edit insert modify reject remove send submit terminate update write');
/** Verbs that say nothing: what they are done to does. */
const DOES = words('create do execute generate handle initiate make perform process run start submit trigger');
/** What is a change when it is done. */
const CHANGE_THINGS =
  /^(activation|booking|cancellation|charge|closure|deactivation|deletion|deployment|deposit|disbursement|enrollment|order|payment|payout|purchase|refund|registration|removal|reset|return|rollback|settlement|shipment|termination|transaction|transfer|update|withdrawal)s?$/;
/** Things whose making changes nothing. */
const ANSWERS =
  'answer|chart|comparison|diagram|draft|estimate|explanation|forecast|graph|list|overview|preview|quote|recommendation|report|summary|table|translation';
/** Words behind a thing's name that make it something to read: `order_status`. */
const ABOUT = words(
  'count details history info information list lookup overview price prices report search status statistics summary',
);

/** What a function does, by its name and, where that does not tell, or tells it wrongly, by its description. */
export function declaredEffect(name: string, description = ''): DeclaredEffect {
  const byName = effectOfName(name);
  if (byName === 'changes') {
    return 'changes';
  }
  const byDescription = effectOfDescription(description);
  return byDescription === 'changes' ? 'changes' : byName === 'reads' ? 'reads' : byDescription;
}

function effectOfName(name: string): DeclaredEffect {
  const parts = apart(wordsOf(name));
  const [first = '', ...rest] = parts;
  // getAndDeleteMessage
  const changes = (word = ''): boolean => CHANGES.has(word) || MAY_CHANGE.has(word);
  const joined = rest.some((word, index) => /^(and|or|then)$/.test(word) && changes(rest[index + 1]));
  if (joined) {
    return 'changes';
  }
  if (READS.has(first)) {
    return 'reads';
  }
  if (DOES.has(first)) {
    if (rest.some((word) => CHANGE_THINGS.test(word) || CHANGES.has(word))) {
      return 'changes';
    }
    if (rest.some((word) => READS.has(word) || new RegExp(`^(${ANSWERS}|analysis|calculation)s?$`).test(word))) {
      return 'reads';
    }
    if (!CHANGES.has(first) && !MAY_CHANGE.has(first)) {
      return 'unknown';
    }
  }
  const isAbout = ABOUT.has(parts.at(-1) ?? '');
  if (CHANGES.has(first)) {
    return isAbout && ALSO_THINGS.has(first) ? 'reads' : 'changes';
  }
  if (MAY_CHANGE.has(first)) {
    return isAbout ? 'reads' : rest.length > 0 || parts.length === 1 ? 'changes' : 'unknown';
  }
  if (isAbout || rest.some((word) => READS.has(word))) {
    return 'reads';
  }
  // claimsDelete, ticket-create
  return rest.some((word) => CLEAR.has(word)) ? 'changes' : 'unknown';
}

/** Verbs that a name of one word may begin with, as in `sendemail` and `queryorders`. */
const JOINED = new RegExp(
  `^(${[...CLEAR, 'describe', 'fetch', 'find', 'get', 'list', 'query', 'retrieve', 'search'].join('|')})([a-z]{3,})$`,
);
/** What follows a verb in another word: `listener`, `findings`, `submitted`. */
const ENDING =
  /^((t|l)?(ed|er|or|ing|ion|ation)s?|[st]?sions?|als?|able|ally|away|ener[sy]?|ments?|orials?|ers|cy|ancy|ance)$/;

/** A name of one word as a verb and the rest, where it looks like that. */
function apart(parts: readonly string[]): readonly string[] {
  const [, verb, rest = ''] = (parts.length === 1 && JOINED.exec(parts[0] ?? '')) || [];
  const isKnown = [CHANGES, MAY_CHANGE, READS, DOES].some((set) => set.has(parts[0] ?? ''));
  return verb === undefined || isKnown || ENDING.test(rest) ? parts : [verb, rest];
}

const DETERMINER =
  'a|an|the|all|any|each|every|one|this|that|these|those|it|them|its|their|his|her|your|new|money|funds|emails?|messages?|up to';

/** Bedrock takes no longer description. */
const LONGEST = 1_200;

/** What may stand before the first verb of a description, in this order. */
const OPENINGS = [
  /^(this|the) (function|tool|action|operation|api|endpoint|method) (is used )?(to |for |will |can )?/,
  /^(use|call|invoke) (this|it)?( (function|tool|action|operation|api))? ?(to|for|when you need to) /,
  /^(an? )?(function|tool|action|operation|api|endpoint|method) (that|which|to|for|used to|used for) /,
  /^(used|responsible|able|tries) (to|for) /,
  /^(allows?|enables?|lets?) (you|users?|the user|the agent|agents) (to )?/,
  /^(can|will|may|to|permanently|immediately|irreversibly|then) /,
  /^\w+ly /,
];

function effectOfDescription(description: string): DeclaredEffect {
  let reads = false;
  for (const sentence of description
    .slice(0, LONGEST)
    .toLowerCase()
    .split(/[.;!?\n]+/)) {
    const opening = OPENINGS.reduce((said, phrase) => said.replace(phrase, ''), sentence.trim());
    const [, verb = '', behind = ''] = /^([a-z]+)\b(.*)$/.exec(opening) ?? [];
    if (isChange(verb, behind, false)) {
      return 'changes';
    }
    reads ||= READS.has(stem(verb)) || /^(return|provide|give)s?$/.test(verb);
    for (const [, , also = '', object = ''] of sentence.matchAll(
      /(,|\band|\bor|\bthen) (?:then |also |optionally )?([a-z]+)\b( [^,.;]*)?/g,
    )) {
      if (isChange(also, object, true)) {
        return 'changes';
      }
    }
  }
  return reads ? 'reads' : 'unknown';
}

/** Whether a verb changes something; `strict` where a noun may stand there, so an object has to follow. */
function isChange(verb: string, behind: string, strict: boolean): boolean {
  const known = stem(verb);
  const hasObject = new RegExp(`^\\s+(${DETERMINER})\\b`).test(behind);
  const isAnswer = new RegExp(`^(\\s+\\w+){0,3}\\s+(${ANSWERS})s?\\b`).test(behind);
  if (CHANGES.has(known)) {
    // "Updates on a claim" is a thing.
    const isThing =
      /^\s+(about|at|by|for|from|in|of|on|since|to|within)\b/.test(behind) &&
      verb.endsWith('s') &&
      !/^(send|pay|apply|subscribe|write|add)/.test(known);
    // "Sends a query to the database" asks something.
    const asks =
      /^(send|issue|post)$/.test(known) && /^(\s+\w+){0,3}\s+(quer(y|ies)|questions?|prompts?|sql)\b/.test(behind);
    return (
      !isThing && !asks && !(isAnswer && /^(create|write|put|compose|save|add)$/.test(known)) && (!strict || hasObject)
    );
  }
  if (DOES.has(known)) {
    // "Processes a refund for the customer", and not "handles payment questions".
    const [, thing = ''] =
      /^(?:\s+(?:an?|the|one|new|all|wire|bank|full|partial))*\s+([a-z]+)(?=$|\s+(?:by|for|from|in|of|on|to|with)\b)/.exec(
        behind,
      ) ?? [];
    return CHANGE_THINGS.test(thing);
  }
  return MAY_CHANGE.has(known) && hasObject;
}

/** `deletes`, `deleting` and `delete` alike. */
function stem(verb: string): string {
  const candidates = [/ies$/, /es$/, /s$/, /ing$/].flatMap((ending) => [
    verb.replace(ending, ''),
    verb.replace(ending, 'e'),
  ]);
  const known = [verb, verb.replace(/ies$/, 'y'), ...candidates];
  return known.find((word) => CHANGES.has(word) || MAY_CHANGE.has(word) || DOES.has(word) || READS.has(word)) ?? verb;
}

/** `getClaimStatus`, `get_claim_status` and `GET-claim-status` alike. */
function wordsOf(name: string): string[] {
  return name
    .slice(0, LONGEST)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
