import { LAPTOP } from '../harness/accessibility';
import { CardDesk } from '../harness/card';
import { Provider } from '../harness/pro-sante-connect';
import { Server } from '../harness/server';
import { expect, openStructureOf, openTab, test as base } from '../harness/test';

/** About two screens of a hospital's laptop. */
const MOST = 1_300;

/** A server with every means of signing in, and so with every rule of a structure. */
const test = base.extend<object, { server: Server }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const [desk, provider] = [new CardDesk(), new Provider({})];
      const server = await Server.open({
        scheme: 'https',
        origins: () => [...desk.origins(), ...provider.origins()],
        ready: async (url) => ({
          ...(await desk.ready()),
          ...(await provider.ready(url)),
          ...{ PASSKEYS: 'on', TOTP: 'on', RECOVERY_CODES: 'on' },
        }),
      });
      await use(server);
      await server.close();
      await provider.stop();
      desk.close();
    },
    { scope: 'worker' },
  ],
  // The lists of revoked cards are good for a week.
  apart: 0,
  ignoreHTTPSErrors: true,
});

test('a structure’s rules of sign-in take two screens at most, with every means', async ({ page, demo }) => {
  await page.setViewportSize(LAPTOP);
  await openStructureOf(page, demo.nadia, demo.national);
  await openTab(page, 'Connexion');
  await expect(page.getByLabel('Moyens forts obligatoires à partir du')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeLessThanOrEqual(MOST);
});
