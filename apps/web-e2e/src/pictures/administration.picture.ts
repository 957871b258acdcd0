import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openSignedIn, type Page, signInByApi, test } from '../harness/test';

const ALBUM = join(__dirname, '../../../../tmp/album');

/** The pages of « Administration », wide and narrow, light and dark, in `tmp/album`. */
test('the pages of « Administration »', async ({ page, demo }) => {
  test.slow();
  mkdirSync(ALBUM, { recursive: true });
  await signInByApi(page, demo.nadia);
  for (const path of ['comptes', 'comptes/nouveau', 'import', 'structures']) {
    await openSignedIn(page, demo.nadia, `/administration/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await shoot(page, path.replace('/', '-'));
  }
  await page.getByRole('link', { name: 'Hôpital des Trois Dames' }).click();
  await expect(page.getByRole('tab', { name: 'Connexion' })).toBeVisible();
  await shoot(page, 'structure');
  await page.goto('/administration/comptes');
  await page.getByRole('link', { name: 'Claire Martin' }).click();
  await expect(page.getByRole('heading', { name: 'Actions' })).toBeVisible();
  await shoot(page, 'compte');
  await page.getByRole('button', { name: 'Ouvrir un accès de secours' }).click();
  await shoot(page, 'secours', false);
});

async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  for (const width of [1280, 320])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: width > 600 ? 900 : 640 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: join(ALBUM, `administration-${name}-${width}-${colorScheme}.png`),
        fullPage,
      });
    }
}
