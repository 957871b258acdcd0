import type { Route } from '@playwright/test';
import { LAPTOP, layoutShift, NARROW } from './harness/accessibility';
import { hold } from './harness/hold';
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
  for (const path of [...SIGNED_IN_PAGES, ...(await pagesOfOneThing(page))]) await staysStill(page, path);
});

test('lines that come late to the journal push nothing out of the view', async ({ page, demo }) => {
  await page.setViewportSize(LAPTOP);
  for (let turn = 0; turn < 20; turn++) await signInByApi(page, demo.nadia);
  const answer = await hold(page, '**/api/admin/events');
  await page.goto('/administration/journal');
  await expect(page.getByText('Chargement…').last()).toBeVisible();
  // Two frames: the page is painted without its lines.
  await layoutShift(page);
  answer();
  await expect(page.locator('[data-line]').nth(14)).toBeAttached();
  expect(await layoutShift(page)).toBeLessThanOrEqual(LIMIT);
});

test.describe('home stays still when the applications come late', () => {
  test.use({ expected: /net::ERR_FAILED/ });

  test('and there is one, or none, or they cannot be read', async ({ page, demo, somebody }) => {
    await signInByApi(page, demo.nadia);
    await register(page, 'Agenda du bloc');
    await page.context().clearCookies();
    await signInByApi(page, somebody);
    const tile = page.getByRole('link', { name: 'Agenda du bloc' });
    const one = (route: Route) => route.continue();
    for (const size of [LAPTOP, NARROW]) {
      await page.setViewportSize(size);
      await staysStillAtHome(page, one);
      await expect(tile).toBeVisible();
    }
    await staysStillAtHome(page, (route) => route.fulfill({ json: { items: [] } }));
    await expect(tile).toHaveCount(0);
    await staysStillAtHome(page, (route) => route.abort());
    await expect(page.getByRole('alert').getByRole('button', { name: 'Réessayer' })).toBeVisible();
  });
});

/** Those of an account, a structure and an application. */
async function pagesOfOneThing(page: Page): Promise<string[]> {
  const first = async (list: string) => {
    const answer = await page.request.get(`/api/admin/${list}`);
    return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id;
  };
  await register(page, 'Planning');
  const account = `/administration/comptes/${await first('accounts')}`;
  const structure = `/administration/structures/${await first('structures')}`;
  const application = `/administration/applications/${await first('applications')}`;
  return [account, `${account}/modifier`, structure, application];
}

async function staysStillAtHome(page: Page, then: (route: Route) => Promise<void>): Promise<void> {
  const url = '**/api/account/applications';
  const answer = await hold(page, url, then);
  await page.goto('/');
  await expect(page.getByText('Votre session est ouverte.')).toBeVisible();
  await layoutShift(page);
  answer();
  await expect(page.getByText('Sur un poste partagé')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect.soft(await layoutShift(page)).toBeLessThanOrEqual(LIMIT);
  await page.unroute(url);
}

async function register(page: Page, name: string): Promise<void> {
  const address = 'https://orientation.example';
  const addresses = { redirectUris: [`${address}/callback`], homeUri: `${address}/` };
  const data = { name, kind: 'web', authMethod: 'client_secret_basic', ...addresses };
  expect((await page.request.post('/api/admin/applications', { data })).status()).toBe(201);
}

async function staysStill(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect.soft(await layoutShift(page), path).toBeLessThanOrEqual(LIMIT);
}
