import type { AppModel } from '../../access/app/app-model';
import type { AppResource } from '../../access/app/app-resource';
import type { AppRole } from '../../access/app/app-role';
import { text } from '../../policy/document/text';
import { findAction } from '../../policy/reference/service-reference';
import { BROWSING, WEB_SEARCH } from '../action-sets/untrusted-input';
import { ActionSet } from '../judging/allowed-actions';
import { fittingGrants } from '../judging/fitting-grants';
import { takesIn } from '../judging/role-grants';
import { listed, shownResources } from '../judging/shown';
import { exampleOf, type StatementGrant } from '../judging/statement-grants';
import type { Observation } from '../observation';
import type { Rule } from '../rule';

const UNTRUSTED_INPUT = WEB_SEARCH.and(BROWSING);
const RETRIEVALS = new ActionSet('bedrock:AgenticRetrieve*', 'bedrock:Retrieve', 'bedrock:RetrieveAndGenerate*');
/** Writes that every agent makes about itself, into its own memory, or to read and to invoke what it was given. */
const OF_ITS_OWN =
  /^(logs|xray|cloudwatch|kms|ecr|sts|bedrock|bedrock-agentcore|bedrock-websearch|bedrock-mantle|ec2messages|ssmmessages):/;
const WRITING: ReadonlySet<string> = new Set(['Write', 'Permissions management']);
const CHANGES_AGENTS =
  /^(bedrock|bedrock-agentcore):(Create|Update|Delete|Put|Associate|Prepare)(?!Event|MemoryRecord|Session|Invocation|PaymentSession)/;
const POWERS = new ActionSet('*').only((name) => {
  const level = findAction(name)?.level ?? 'Write';
  return WRITING.has(level) && (!OF_ITS_OWN.test(name) || CHANGES_AGENTS.test(name) || name === 'sts:AssumeRole');
});

/** Untrusted input + power */
export const TOXIC_UNTRUSTED_WRITE: Rule = {
  name: 'toxic-untrusted-write',
  group: 'EGR',
  severity: 'error',
  title: 'One agent reads what anybody may have written, and has power over what matters.',
  why: 'A web page, a mail or a crawled document can hold an instruction. Where the agent that reads it also deploys, writes business data or changes IAM, its author does.',
  fix: 'Separate them: an agent that reads the outside has a role that only reads; what acts is another agent, called with typed input, or JitElevation after an approval.',
  frameworks: [
    'OWASP ASI01',
    'OWASP ASI02',
    'CSA MAESTRO L3',
    'AWS AGENTSEC08-BP01',
    'NIST CSF 2.0 PR.AA',
    'NIST CSF 2.0 RS',
  ],
  *check(app, { scratch }): Iterable<Observation> {
    for (const role of app.agentRoles) {
      const inputs = fittingGrants(app, [role], UNTRUSTED_INPUT);
      const sources = crawlers(role, app);
      if (inputs.length + sources.length === 0) {
        continue;
      }
      const powers = fittingGrants(app, [role], POWERS).filter(
        ({ resources }) => !resources.every((resource) => scratch.some((prefix) => takesIn(text(prefix), resource))),
      );
      const [first] = powers;
      if (first !== undefined) {
        const read = [...inputs.flatMap(({ actions }) => actions), ...sources.map(({ title }) => title)];
        yield {
          resource: role.resource,
          statements: [...inputs, ...powers].map(({ statement }) => statement),
          cause: sources.map(({ logicalId }) => logicalId),
          message: `${role.resource.title} reads what anybody may have written (${listed([...new Set(read)])}) and may use ${listed([...new Set(powers.flatMap(({ actions }) => actions))])} on ${shownResources(powers.flatMap(({ resources }) => resources))}.`,
          example: exampleOf(first),
        };
      }
    }
  },
};

/** The data sources that bring in the web, of the knowledge bases that a role retrieves. */
function crawlers(role: AppRole, app: AppModel): AppResource[] {
  const reads = fittingGrants(app, [role], RETRIEVALS);
  return app.ofType('AWS::Bedrock::DataSource').filter((source) => {
    const isWeb = source.get('DataSourceConfiguration', 'Type').literals().includes('WEB');
    const bases = source
      .get('KnowledgeBaseId')
      .texts()
      .flatMap((name) => app.resourceOf(name, source) ?? []);
    return isWeb && bases.some((base) => reads.some((read) => covers(read, base, app)));
  });
}

function covers({ resources }: StatementGrant, base: AppResource, app: AppModel): boolean {
  return resources.some((pattern) => app.covers(pattern, base));
}
