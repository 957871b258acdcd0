import type { Locator, Route } from '@playwright/test';
import { LAPTOP, layoutShift, NARROW } from '../harness/accessibility';
import { hold } from '../harness/hold';
import { PASSWORD, Person } from '../harness/people';
import {
  expect,
  giveCode,
  givePassword,
  heading,
  MINUTE,
  openSignedIn,
  type Page,
  signInByApi,
  test,
} from '../harness/test';
import { PAGES_THAT_ADMINISTER, PUBLIC_PAGES } from '../harness/visit';

/** A fifth of what Web Vitals call good. */
const LIMIT = 0.02;
const NOTHING = { items: [], nextCursor: null };
const SIGNED_IN_PAGES = [
  '/',
  '/mon-compte',
  '/mon-compte/mot-de-passe',
  '/mon-compte/connexions',
  '/mon-compte/applications',
  '/mon-compte/donnees',
  ...PAGES_THAT_ADMINISTER,
];

test('no page moves under the hand while it comes', async ({ page, demo }) => {
  test.setTimeout(120_000);
  await page.setViewportSize(LAPTOP);
  for (const path of ['/connexion', ...PUBLIC_PAGES]) await staysStill(page, path);
  await signInByApi(page, demo.nadia);
  for (const path of [...SIGNED_IN_PAGES, ...(await pagesOfOneThing(page))]) await staysStill(page, path);
});

for (const size of [LAPTOP, { width: 1000, height: 641 }])
  test(`rail, header and footer keep their position on every page, at ${size.width} px`, async ({
    page,
    demo,
  }) => {
    await page.setViewportSize(size);
    await signInByApi(page, demo.national);
    const frames = new Map<string, string>();
    for (const path of ['/', '/mon-compte', ...PAGES_THAT_ADMINISTER]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(rail(page).getByRole('link')).toHaveCount(7);
      frames.set(await frameOf(page), path);
    }
    expect([...frames.values()]).toHaveLength(1);
  });

test('the end of a session moves nothing', async ({ page, demo, later }) => {
  await page.setViewportSize(LAPTOP);
  await openSignedIn(page, demo.nadia, '/administration/comptes');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await later(31 * MINUTE);
  await expect(heading(page, 'Se connecter')).toBeVisible();
  expect(await layoutShift(page)).toBeLessThanOrEqual(LIMIT);
});

test('nothing moves for parts that few people see', async ({ page, demo }) => {
  await page.setViewportSize(LAPTOP);
  await page.goto('/connexion');
  await page.evaluate(() => sessionStorage.setItem('portillon.ways.sign-in', '["totp"]'));
  await staysStill(page, '/connexion/code');
  await expect(page.getByRole('textbox', { name: 'Code de votre application' })).toBeVisible();
  await signInByApi(page, demo.nadia);
  await staysStill(page, '/ajouter-un-moyen');
  await page.context().clearCookies();
  await signInByApi(page, demo.national);
  await page.route('**/api/admin/structures?*', (route) => route.fulfill({ json: NOTHING }));
  await staysStill(page, '/administration/structures');
});

test('nothing moves when Pro Santé Connect refuses, nor in the mailbox of the demo', async ({
  page,
  demo,
  anotherBrowser,
}) => {
  await page.setViewportSize(LAPTOP);
  for (const code of ['sign-in.cancelled', 'identity.rejected', 'account.not-linked'])
    await staysStill(page, `/connexion?erreur=${code}`);
  await givePassword(page, demo.nadia);
  await expect(heading(page, 'Saisir le code')).toBeVisible();
  // Which has the typeface of no other page yet.
  const visitor = await anotherBrowser();
  await visitor.setViewportSize(LAPTOP);
  await staysStill(visitor, '/demo/mailbox?lang=fr');
  await expect(visitor.getByRole('article').first()).toBeVisible();
});

test('nothing moves in a step-up, nor when a new password is refused', async ({ page, somebody, later }) => {
  await page.setViewportSize(LAPTOP);
  await openSignedIn(page, somebody, '/mon-compte');
  await expect(page.getByLabel('Téléphone portable')).toBeVisible();
  await later(6 * MINUTE);
  await page.getByLabel('Téléphone portable').fill(somebody.mobileAsTyped);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await hasStoodStill(page, 'step-up');
  await giveCode(dialog, await somebody.codeByMail());
  const proof = page.getByRole('dialog', { name: 'Confirmer que c’est vous' });
  await proof.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await proof.getByRole('button', { name: 'Continuer' }).click();
  await expect(page.getByText('Votre numéro est enregistré, mais il n’est pas validé.')).toBeVisible();
  await hasStoodStill(page, 'after the step-up');

  await page.goto('/mon-compte/mot-de-passe');
  await page.getByLabel('Mot de passe actuel').fill(PASSWORD);
  await page.getByLabel('Nouveau mot de passe').fill('Portillon-2026!');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(page.getByRole('alert')).toContainText('pas assez sûr');
  await hasStoodStill(page, 'refused new password');
});

test('nothing moves in an invitation, nor in an import', async ({ page, demo, server, anotherBrowser }) => {
  const guest = new Person(server, 'rose.petit', 'rose.petit@hopital.example', 'Rose Petit', '');
  await page.setViewportSize(LAPTOP);
  await openSignedIn(page, demo.nadia, '/administration/import');
  const { username, email, name: displayName } = guest;
  await page.request.post('/api/admin/accounts', { data: { username, email, displayName } });
  const text =
    'identifiant;email;nom\r\nlea.roy;lea.roy@hopital.example;Léa Roy\r\nmax;pas-une-adresse;Max\r\n';
  await page
    .getByLabel('Fichier CSV')
    .setInputFiles({ name: 'comptes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('radio', { name: 'Importer les bonnes lignes' }).check();
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await expect(page.getByRole('region', { name: 'Lignes à corriger' })).toBeVisible();
  await hasStoodStill(page, 'import');

  const visitor = await anotherBrowser();
  await visitor.setViewportSize(LAPTOP);
  await visitor.goto(await guest.linkByMail('invitation'));
  await expect(visitor.getByText(guest.username)).toBeVisible();
  await hasStoodStill(visitor, 'invitation');
  await visitor.getByLabel('Nouveau mot de passe').fill('Portillon-2026!');
  await visitor.getByRole('button', { name: 'Activer mon compte' }).click();
  await expect(visitor.getByRole('alert')).toContainText('pas assez sûr');
  await hasStoodStill(visitor, 'invitation, password refused');
});

test('late journal entries move no line out of view', async ({ page, demo }) => {
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

function rail(page: Page) {
  return page.getByRole('navigation', { name: 'Administration' });
}

/** Where all of the frame stands; how far down the footer is, the page's length says. */
async function frameOf(page: Page): Promise<string> {
  const boxes = (things: Locator) =>
    things.evaluateAll((all) =>
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        if (one.tagName === 'FOOTER') return [x, width];
        return one.tagName === 'MAIN' ? [x, y, width] : [x, y, width, height];
      }),
    );
  const frame = [rail(page).getByRole('link'), page.locator('header, header *, main, footer')];
  return JSON.stringify(await Promise.all(frame.map(boxes)));
}

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
  await expect(page.getByText('Chargement…')).toBeVisible();
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
  await hasStoodStill(page, path);
}

/** Since the page was opened, the person's own acts included. */
async function hasStoodStill(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect.soft(await layoutShift(page), name).toBeLessThanOrEqual(LIMIT);
}
