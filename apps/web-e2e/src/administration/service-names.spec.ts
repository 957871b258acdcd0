import { holdsInBothLanguages, LAPTOP, NARROW } from '../harness/accessibility';
import { Server } from '../harness/server';
import { expect, test as base } from '../harness/test';
import { PUBLIC_PAGES } from '../harness/visit';

const SUPPORT = 'aide@ght.example';
const NAMES = { SERVICE_NAME: 'Sésame', OPERATOR_NAME: 'GHT des Trois Dames' };

/** A service that says how it is called, who runs it, and whom to write to. */
const test = base.extend<object, { server: Server }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const ready = () => Promise.resolve({ ...NAMES, SUPPORT_EMAIL: SUPPORT });
      const server = await Server.open({ scheme: 'http', origins: () => [], ready });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

// Each worker would start a server of this kind for itself.
test.describe.configure({ mode: 'default' });

test('the first page says how the service is called and who runs it, in both languages', async ({ page }) => {
  await page.setViewportSize(LAPTOP);
  await page.goto('/connexion');
  const banner = page.getByRole('banner');
  for (const language of ['English', 'Français']) {
    for (const name of Object.values(NAMES)) await expect(banner).toContainText(name);
    await page.getByRole('button', { name: language, exact: true }).click();
  }
  await expect(page).toHaveTitle('Se connecter — Sésame');
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
