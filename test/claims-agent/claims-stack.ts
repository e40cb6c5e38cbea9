import { App, Stack } from 'aws-cdk-lib/core';
import type { Template } from '../../lib/access/template';
import { ACCOUNT, REGION } from './claims-resources';

/** Synthesizes one stack in the claims agent's account and region, and answers its template. */
export function claimsTemplate(build: (stack: Stack) => void): Template {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Claims', { env: { account: ACCOUNT, region: REGION } });
  build(stack);
  return app.synth().getStackArtifact(stack.artifactId).template;
}
