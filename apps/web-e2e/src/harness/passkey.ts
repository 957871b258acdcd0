import type { Page } from '@playwright/test';
import { Server } from './server';
import { test as base } from './test';

/** Tests whose server takes passkeys and authenticator apps. */
export const testWithPasskeys = base.extend({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const ready = () => Promise.resolve({ PASSKEYS: 'on', TOTP: 'on' });
      const server = await Server.open({ scheme: 'http', origins: () => [], ready });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

/** Chromium's virtual authenticator: a security key of this page, which its person may touch and unlock. */
export async function plugIn(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return {
    /** Whether its person gives the right PIN or finger from now on. */
    unlock: (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}
