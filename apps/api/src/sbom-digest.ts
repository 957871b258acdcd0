import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the SHA-256, in hexadecimal, of the bill of materials that the build wrote beside the server (`sbom.cdx.json`);
 * null when the sources run without a build.
 */
export function sbomDigest(folder = __dirname): string | null {
  const file = join(folder, 'sbom.sha256');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
