/** The published frameworks that the rules are mapped to. The value begins the name of each of their items. */
export enum AgentRuleFramework {
  /** OWASP Top 10 for Agentic Applications. */
  OWASP_AGENTIC = 'OWASP ASI',
  /** OWASP Non-Human Identities Top 10. */
  OWASP_NON_HUMAN_IDENTITIES = 'OWASP NHI',
  /** Cloud Security Alliance MAESTRO. */
  CSA_MAESTRO = 'CSA MAESTRO',
  /** NIST AI Risk Management Framework. */
  NIST_AI_RMF = 'NIST AI RMF',
  /** NIST Cybersecurity Framework 2.0. */
  NIST_CSF = 'NIST CSF 2.0',
  /** NIST SP 800-53, control AC-6 (least privilege). */
  NIST_SP_800_53 = 'NIST SP 800-53',
  /** NIST SP 800-207 (zero trust). */
  NIST_SP_800_207 = 'NIST SP 800-207',
  /** AWS Well-Architected, Agentic AI Lens. */
  AWS_AGENTIC_AI_LENS = 'AWS AGENT',
  /** AWS Well-Architected, Generative AI Lens. */
  AWS_GENERATIVE_AI_LENS = 'AWS GENSEC',
}
