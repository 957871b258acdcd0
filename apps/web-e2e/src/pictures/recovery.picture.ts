import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, heading, openSignedIn, type Page, signInByApi, test } from '../harness/test';

const ALBUM = join(__dirname, '../../../../tmp/album');

/** Recovery, my data, journal, statistics: wide and narrow, light and dark, in `tmp/album`. */
test('recovery, journal and statistics', async ({ page, somebody, demo, server }) => {
  test.slow();
  mkdirSync(ALBUM, { recursive: true });
  await page.goto('/mot-de-passe-oublie');
  await shoot(page, 'forgotten');
  await page.getByLabel('Identifiant ou adresse e-mail').fill(somebody.username);
  await page.getByRole('button', { name: 'Recevoir un lien' }).click();
  await expect(page.getByText('Rien n’est arrivé ?')).toBeVisible();
  await shoot(page, 'forgotten-asked');
  await page.goto(await somebody.linkByMail('mot-de-passe'));
  await page.getByLabel('Nouveau mot de passe').fill('Une-Autre-Gare');
  await shoot(page, 'choose');
  await openSignedIn(page, somebody, '/mon-compte');
  await expect(page.getByText('Changer d’adresse')).toBeVisible();
  await shoot(page, 'account');
  await page.goto('/mon-compte/donnees');
  await expect(page.getByText('Effacer mon compte')).toBeVisible();
  await shoot(page, 'data');
  for (const path of ['aide', 'donnees-personnelles', 'accessibilite', 'mentions-legales']) {
    await page.goto(`/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await shoot(page, path);
  }
  await page.context().clearCookies();
  await signInByApi(page, demo.nadia);
  const found = await page.request.get('/api/admin/accounts?q=claire.martin');
  const { items } = (await found.json()) as { items: { id: string }[] };
  await page.request.post(`/api/admin/accounts/${items[0]!.id}/emergency-access`, {
    data: { means: 'password', hours: 8, reason: 'Carte perdue, garde de nuit' },
  });
  await page.goto('/administration/journal');
  await expect(heading(page, 'Journal')).toBeVisible();
  await expect(page.getByText('Carte perdue, garde de nuit')).toBeVisible();
  await shoot(page, 'journal');
  await server.advance(2 * 60_000);
  await page.goto('/administration/statistiques');
  await expect(async () => {
    await page.getByRole('button', { name: 'Afficher' }).click();
    await expect(page.getByRole('img', { name: /^Connexions par moyen/ })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.locator('summary', { hasText: 'Connexions par moyen' }).click();
  await shoot(page, 'statistics');
});

async function shoot(page: Page, name: string): Promise<void> {
  for (const width of [1280, 320])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: width > 600 ? 900 : 640 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: join(ALBUM, `recovery-${name}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
    }
}
