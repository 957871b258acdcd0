import { holdsInBothLanguages, NARROW } from './harness/accessibility';
import { Server } from './harness/server';
import { expect, test as base } from './harness/test';
import { PUBLIC_PAGES } from './harness/visit';

const SUPPORT = 'aide@ght.example';

/** A service that says whom to write to. */
const test = base.extend<object, { server: Server }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const ready = () => Promise.resolve({ SUPPORT_EMAIL: SUPPORT });
      const server = await Server.open({ scheme: 'http', origins: () => [], ready });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

test('the address for help is on every page that people in trouble open directly', async ({ page }) => {
  for (const path of ['/connexion', ...PUBLIC_PAGES]) {
    await page.goto(path);
    const address = page.getByRole('contentinfo').getByRole('link', { name: SUPPORT });
    await expect(address, path).toHaveAttribute('href', `mailto:${SUPPORT}`);
    await expect(address, path).toBeVisible();
  }
  await page.setViewportSize(NARROW);
  await holdsInBothLanguages(page);
});
