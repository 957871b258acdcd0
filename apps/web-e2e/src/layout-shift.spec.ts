import { LAPTOP, layoutShift } from './harness/accessibility';
import { expect, type Page, signInByApi, test } from './harness/test';
import { PUBLIC_PAGES } from './harness/visit';

/** A fifth of what Web Vitals call good. */
const LIMIT = 0.02;
const SIGNED_IN_PAGES = [
  '/',
  '/mon-compte',
  '/mon-compte/mot-de-passe',
  '/mon-compte/connexions',
  '/mon-compte/applications',
  '/mon-compte/donnees',
  '/mon-compte/activite',
  '/administration/comptes',
  '/administration/comptes/nouveau',
  '/administration/import',
  '/administration/structures',
  '/administration/structures/nouvelle',
  '/administration/applications',
  '/administration/applications/nouvelle',
  '/administration/webhooks',
  '/administration/webhooks/nouveau',
  '/administration/journal',
  '/administration/statistiques',
];

test('no page moves under the hand while it comes', async ({ page, demo }) => {
  test.setTimeout(120_000);
  await page.setViewportSize(LAPTOP);
  for (const path of ['/connexion', ...PUBLIC_PAGES]) await staysStill(page, path);
  await signInByApi(page, demo.nadia);
  for (const path of SIGNED_IN_PAGES) await staysStill(page, path);
});

async function staysStill(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect.soft(await layoutShift(page), path).toBeLessThanOrEqual(LIMIT);
}
