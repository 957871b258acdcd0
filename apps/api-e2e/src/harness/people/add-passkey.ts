import type { SoftAuthenticator } from '@portillon/testing/servers';
import type { Visitor } from './visitor';

/** Adds a passkey in a session that was opened just now. */
export async function addPasskey(browser: Visitor, key: SoftAuthenticator) {
  const begun = await browser.post('/api/account/passkeys/options', {});
  expect(begun.outcome).toBe('200');
  const credential = key.create(begun.body.options);
  const added = await browser.post('/api/account/passkeys', { name: 'Clé de bureau', credential });
  return { key, added };
}
