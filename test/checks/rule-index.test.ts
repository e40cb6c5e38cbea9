import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../lib/checks/catalogue';
import { CRITICAL_RULES } from '../../lib/checks/critical-rules';
import type { RuleGroup } from '../../lib/checks/rule';

const INDEX = join(__dirname, '..', '..', 'docs', 'rules', 'README.md');

const GROUPS: Readonly<Record<RuleGroup, string>> = {
  ID: 'Identity and trust',
  ACT: 'Actions',
  RES: 'Resources and conditions',
  DATA: 'Data',
  MDL: 'Models and guardrails',
  DEL: 'Delegation and multi-agent',
  ESC: 'Privilege escalation',
  HUM: 'Human inheritance',
  JIT: 'Standing and just-in-time access',
  AUD: 'Audit and governance',
  TAM: 'Tampering with agents',
  EGR: 'Egress, untrusted input, toxic combinations',
};

/** The page that lists all rules: `INDEX=write npx jest test/checks/rule-index` writes it. */
function ruleIndex(): string {
  const sections = Object.entries(GROUPS).map(([group, title]) => {
    const rules = CATALOGUE.filter((rule) => rule.group === group);
    const rows = rules.map(({ name, severity, title: says }) => {
      const grave = CRITICAL_RULES.includes(name) ? 'critical' : severity;
      return `| [${name}](${name}.md) | ${grave} | ${says.replaceAll('|', '\\|')} |`;
    });
    return [`## ${title} (${group})`, '', '| rule | severity | what it reports |', '| --- | --- | --- |', ...rows].join(
      '\n',
    );
  });
  return `${[
    '# The rules',
    `${CATALOGUE.length} rules look at the roles of AI agents, whatever made them: at synth in \`AgentRoleChecks\`, on templates in ` +
      '`least-agency check`.',
    'An `error` fails synth, a `warning` does not, an `info` is never counted against anyone. Findings of `critical` rules are ' +
      'errors that nobody can acknowledge. What cannot be decided is a finding of its own kind, and says why.',
    ...sections,
  ].join('\n\n')}\n`;
}

test('docs/rules/README.md lists the catalogue', () => {
  if (process.env.INDEX === 'write') {
    writeFileSync(INDEX, ruleIndex());
  }
  expect(readFileSync(INDEX, 'utf8')).toBe(ruleIndex());
});
