import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The SHA-256, in hexadecimal, of the list of parts that the build wrote beside the server (`sbom.cdx.json`); nothing
 * where the sources run as they are.
 */
export function sbomDigest(folder = __dirname): string | null {
  const file = join(folder, 'sbom.sha256');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
