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

test('lines that come late to the journal push nothing out of the view', async ({ page, demo }) => {
  await page.setViewportSize(LAPTOP);
  for (let turn = 0; turn < 20; turn++) await signInByApi(page, demo.nadia);
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/admin/events?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/administration/journal');
  await expect(page.getByText('Chargement…').last()).toBeVisible();
  // Two frames: the page is painted without its lines.
  await layoutShift(page);
  answer();
  await expect(page.locator('[data-line]').nth(14)).toBeAttached();
  expect(await layoutShift(page)).toBeLessThanOrEqual(LIMIT);
});

async function staysStill(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect.soft(await layoutShift(page), path).toBeLessThanOrEqual(LIMIT);
}
