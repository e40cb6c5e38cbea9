import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceReferenceVersion } from '../policy/reference/service-reference';

/** The version of this package, and of the service reference that it judges with. */
export function versionText(): string {
  const reference = serviceReferenceVersion();
  return `least-agency ${libraryVersion()}, service authorization reference of ${reference.date.slice(0, 10)} (${reference.version})`;
}

/** The version of this package. */
export function libraryVersion(): string {
  const file = join(__dirname, '..', '..', 'package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}
