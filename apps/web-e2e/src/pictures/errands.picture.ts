import { PASSWORD, Person } from '../harness/people';
import { testWithOrientation as test } from '../harness/orientation';
import { leaveForProSanteConnect, pick } from '../harness/pro-sante-connect';
import {
  expect,
  heading,
  openSignedIn,
  openStructureOf,
  openTab,
  type Page,
  signInByApi,
} from '../harness/test';
import { LAPTOP } from '../harness/accessibility';
import { shootInBoth } from './shoot';

/** Pages of the album that need a link, an application or an action. */
test.beforeEach(({ page }) => page.setViewportSize(LAPTOP));
test.slow();

test('the console of a national administrator', async ({ page, demo }) => {
  await openSignedIn(page, demo.national, '/');
  await album(page, 'home-national');
  for (const path of ['mentions-legales', 'journal/preuve', 'applications']) {
    await page.goto(`/administration/${path}`);
    await album(page, `console-${path}`);
  }
  await page.getByRole('link', { name: 'Orientation' }).first().click();
  await expect(heading(page, 'Orientation')).toBeVisible();
  const application = page.url().replace(/\/$/, '');
  for (const tab of ['', '/acces', '/integration', '/activite']) {
    await page.goto(application + tab);
    await album(page, `application${tab}`);
  }
  await page.goto('/administration/journal');
  await page.locator('[data-line]').first().getByRole('button').click();
  await album(page, 'journal-line');
});

test('a structure, tab by tab', async ({ page, demo }) => {
  await openStructureOf(page, demo.nadia, demo.national);
  for (const tab of ['Connexion', 'Postes et réseau', 'Apparence']) {
    await openTab(page, tab);
    await album(page, `structure-${tab}`);
  }
});

test('the console of a structure', async ({ page, demo }) => {
  await openSignedIn(page, demo.nadia, '/');
  await album(page, 'home-structure');
  await page.goto('/administration/etat');
  await album(page, 'refused-to-structure');
  await page.goto('/administration/comptes');
  await page
    .getByRole('row', { name: /Claire Martin/ })
    .getByRole('checkbox')
    .check();
  await album(page, 'accounts-chosen');
  await page.getByRole('link', { name: 'Claire Martin' }).click();
  await page.getByRole('link', { name: 'Modifier' }).click();
  await album(page, 'account-edit');
  await page.goto('/administration/import');
  const text =
    'identifiant;email;nom\r\nlea.roy;lea.roy@hopital.example;Léa Roy\r\nmax;pas-une-adresse;Max\r\n';
  await page
    .getByLabel('Fichier CSV')
    .setInputFiles({ name: 'comptes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('radio', { name: 'Importer les bonnes lignes' }).check();
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await expect(page.getByRole('heading', { name: /^Fichier vérifié/ })).toBeVisible();
  await album(page, 'import-checked');
});

test('the links of mails', async ({ page, somebody, demo, server, anotherBrowser }) => {
  const guest = new Person(server, 'rose.petit', 'rose.petit@hopital.example', 'Rose Petit', '');
  const administrator = await anotherBrowser();
  await signInByApi(administrator, demo.nadia);
  const { username, email, name: displayName } = guest;
  await administrator.request.post('/api/admin/accounts', { data: { username, email, displayName } });
  await page.goto(await guest.linkByMail('invitation'));
  await album(page, 'invitation-opened');
  const intruder = await anotherBrowser();
  await signInByApi(intruder, somebody);
  const data = { currentPassword: PASSWORD, newPassword: 'Une-Porte-Pour-Intrus-2026' };
  await intruder.request.put('/api/account/password', { data });
  await page.goto(await somebody.linkByMail('ce-n-etait-pas-moi', 'mot de passe a été changé'));
  await album(page, 'not-me');
  await page.getByRole('button', { name: 'Fermer l’accès à mon compte' }).click();
  await expect(page.getByRole('status')).toContainText('fermé');
  await album(page, 'not-me-done');
  await page.goto(await somebody.linkByMail('mot-de-passe'));
  await album(page, 'reset-opened');
});

test('the request of an application', async ({ page, somebody, orientation: { url } }) => {
  await page.goto(url);
  await page.getByRole('link', { name: 'Se connecter' }).click();
  await expect(page.getByText('Pour continuer vers Orientation')).toBeVisible();
  await album(page, 'sign-in-for-application');
  await openSignedIn(page, somebody, '/');
  await album(page, 'home-with-application');
  await page.goto(`${url}/connexion`);
  await expect(heading(page, `Continuer comme ${somebody.name} ?`)).toBeVisible();
  await album(page, 'request');
  for (const path of ['/mon-compte', '/mon-compte/applications', '/ajouter-un-moyen']) {
    await page.goto(path);
    await album(page, path);
  }
});

test('Pro Santé Connect, and the rest of the help', async ({ page }) => {
  for (const path of [
    '/aide/moyens',
    '/aide/mot-de-passe',
    '/aide/refus',
    '/connexion?erreur=sign-in.cancelled',
  ]) {
    await page.goto(path);
    await album(page, path);
  }
  await page.goto('/connexion');
  await leaveForProSanteConnect(page);
  await pick(page, 'Paul DURAND');
  await expect(heading(page, 'Choisir votre exercice')).toBeVisible();
  await album(page, 'activity');
});

async function album(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await shootInBoth(page, `more-${name}`);
}
