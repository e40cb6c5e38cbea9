import { agentcoreRuntimeAgent } from '../../test/claims-agent/agentcore-runtime-agent';
import { claimsTemplate } from '../../test/claims-agent/claims-stack';
import { JudgedRole } from '../../test/claims-agent/judged-role';
import { type Measurement, measure } from './measurement';
import { plainAgent } from './plain-agent';

/** The same agent made twice, each with what its role allows. */
export function excess(): Readonly<Record<'plain CDK' | 'this library', Measurement>> {
  // The built-in validation of templates judges nothing that is measured here, and takes seconds.
  process.env.CDK_VALIDATION = 'false';
  const plain = JudgedRole.of(claimsTemplate(plainAgent));
  const scoped = JudgedRole.ofAgent(claimsTemplate(agentcoreRuntimeAgent), 'claims-agent');
  return { 'plain CDK': measure(plain, 'agentcore-runtime'), 'this library': measure(scoped, 'agentcore-runtime') };
}
