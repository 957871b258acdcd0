import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { signFile } from './signature.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portillon-signature-'));
const file = join(folder, 'trust.json');
const keyFile = join(folder, 'key.pem');
writeFileSync(file, '{"status":"met"}');
afterAll(() => rmSync(folder, { recursive: true }));

it('signs what was proved, so that another content is seen', () => {
  writeFileSync(keyFile, pemOf('ed25519'));
  signFile(file, keyFile);
  const key = createPublicKey(readFileSync(keyFile));
  const signature = readFileSync(`${file}.sig`);
  expect(verify(null, readFileSync(file), key, signature)).toBe(true);
  expect(verify(null, Buffer.from('{"status":"not"}'), key, signature)).toBe(false);
});

it.each([
  ['is not there', join(folder, 'none.pem'), undefined, 'is not there'],
  ['is of another kind', keyFile, () => pemOf('ec', { namedCurve: 'P-256' }), 'is no private Ed25519 key'],
  ['is none', keyFile, () => 'a secret that nobody may read', 'is no private Ed25519 key'],
])('names a key that %s, without its content', (_what, path, content, words) => {
  if (content) writeFileSync(path, content());
  expect(() => signFile(file, path)).toThrow(words);
  expect(() => signFile(file, path)).not.toThrow('a secret');
});

function pemOf(kind, options) {
  return generateKeyPairSync(kind, options).privateKey.export({ type: 'pkcs8', format: 'pem' });
}
