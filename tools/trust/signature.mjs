import { createPrivateKey, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Signs a file by the Ed25519 key of a PEM file, into `FILE.sig` beside it. `openssl pkeyutl -verify -pubin -inkey KEY
 * -rawin -in FILE -sigfile FILE.sig` verifies it.
 *
 * @throws Error naming what is wrong with the key, never its content
 */
export function signFile(file, keyFile) {
  if (!existsSync(keyFile)) throw new Error(`TRUST_KEY_FILE: ${keyFile} is not there.`);
  const key = keyOf(keyFile);
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Error(
      `TRUST_KEY_FILE: ${keyFile} is no private Ed25519 key in PEM ("openssl genpkey -algorithm ed25519").`,
    );
  writeFileSync(`${file}.sig`, sign(null, readFileSync(file), key));
}

function keyOf(file) {
  try {
    return createPrivateKey(readFileSync(file));
  } catch {
    return undefined;
  }
}
