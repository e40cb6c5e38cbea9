/** The groups of the rules. */
export enum AgentRuleGroup {
  /** Who may become the agent, and whose role it is. */
  IDENTITY = 'ID',
  /** Which actions are allowed. */
  ACTIONS = 'ACT',
  /** On which resources, and under which conditions. */
  RESOURCES = 'RES',
  /** Secrets, keys, memories and knowledge bases. */
  DATA = 'DATA',
  /** Models and guardrails. */
  MODELS = 'MDL',
  /** Agents that call agents, and act for others. */
  DELEGATION = 'DEL',
  /** Ways to more access than the role has. */
  ESCALATION = 'ESC',
  /** Access that was made for people. */
  HUMANS = 'HUM',
  /** Standing access that should be short-lived, and approvals. */
  JUST_IN_TIME = 'JIT',
  /** Evidence, and what silences findings. */
  AUDIT = 'AUD',
  /** Agents that change agents, tools or their own code. */
  TAMPERING = 'TAM',
  /** Ways out, and combinations that make them dangerous. */
  EGRESS = 'EGR',
}
