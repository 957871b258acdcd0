import { holds, holdsInBothLanguages } from '../harness/accessibility';
import { testWithOrientation as test } from '../harness/orientation';
import { leaveForProSanteConnect, pick } from '../harness/pro-sante-connect';
import {
  expect,
  giveCode,
  giveMailedCode,
  givePassword,
  heading,
  openSignedIn,
  type Page,
} from '../harness/test';
import type { Person } from '../harness/people';

/** From the application to the gate's sign-in page. */
async function leaveForTheGate(page: Page, application: string): Promise<void> {
  await page.goto(application);
  await page.getByRole('link', { name: 'Se connecter' }).click();
  await expect(heading(page, 'Se connecter')).toBeVisible();
  await expect(page.getByText('Pour continuer vers Orientation')).toBeVisible();
}

async function arriveByCode(page: Page, application: string, person: Person): Promise<void> {
  await leaveForTheGate(page, application);
  await givePassword(page, person);
  await giveMailedCode(page, person);
  await welcomed(page, application, person);
}

async function welcomed(page: Page, application: string, person: Person): Promise<void> {
  await expect(heading(page, `Bonjour ${person.name}`)).toBeVisible();
  expect(new URL(page.url()).origin).toBe(application);
}

test.describe('an application behind the gate', () => {
  test('sends to the gate, which asks for password and code, and has the person back; signing out there signs out everywhere', async ({
    page,
    orientation: { url },
    somebody,
  }) => {
    await leaveForTheGate(page, url);
    await holdsInBothLanguages(page);
    await givePassword(page, somebody);
    await expect(page.getByText('Pour continuer vers Orientation')).toBeVisible();
    await giveMailedCode(page, somebody);
    await welcomed(page, url, somebody);
    await expect(page.getByRole('main')).toContainText('Hôpital des Trois Dames');
    await holds(page);
    await page.getByRole('button', { name: 'Se déconnecter partout' }).click();
    await expect(page.getByRole('link', { name: 'Se connecter' })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(url);
    await page.goto('/');
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });

  test('also signs a user of Pro Santé Connect out there, and returns them', async ({
    page,
    orientation: { url },
    demo,
  }) => {
    await leaveForTheGate(page, url);
    await leaveForProSanteConnect(page);
    await pick(page, 'Claire MARTIN');
    await welcomed(page, url, demo.claire);
    await page.getByRole('button', { name: 'Se déconnecter partout' }).click();
    await expect(page.getByRole('link', { name: 'Se connecter' })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(url);
    // The application's own session has ended too: the person must be picked again.
    await leaveForTheGate(page, url);
    await leaveForProSanteConnect(page);
  });

  test('returns a user at once whom the gate already knows', async ({
    page,
    orientation: { url },
    somebody,
  }) => {
    await arriveByCode(page, url, somebody);
    await page.context().clearCookies({ name: 'orientation_session' });
    await page.goto(`${url}/connexion`);
    await welcomed(page, url, somebody);
  });

  test('offers to change the person, and brings the next one to the application', async ({
    page,
    orientation: { url },
    somebody,
    demo,
  }) => {
    await page.goto('/');
    await givePassword(page, somebody);
    await giveMailedCode(page, somebody);
    await expect(heading(page, `Bonjour ${somebody.name}`)).toBeVisible();
    await page.goto(`${url}/connexion`);
    await expect(heading(page, `Continuer comme ${somebody.name} ?`)).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Changer de personne' }).click();
    await expect(page.getByText('Pour continuer vers Orientation')).toBeVisible();
    await givePassword(page, demo.paul);
    await giveMailedCode(page, demo.paul);
    await welcomed(page, url, demo.paul);
  });

  test('asks an administrator in the bare shell, without the rail of the console', async ({
    page,
    orientation: { url },
    demo,
  }) => {
    const rail = page.getByRole('navigation', { name: 'Administration' });
    await openSignedIn(page, demo.nadia, '/');
    await expect(rail).toBeVisible();
    await page.goto(`${url}/connexion`);
    await expect(heading(page, `Continuer comme ${demo.nadia.name} ?`)).toBeVisible();
    await expect(rail).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Rechercher' })).toHaveCount(0);
  });

  test('requires a fresh code before an action, and accepts it', async ({
    page,
    orientation: { url },
    server,
    somebody,
  }) => {
    await arriveByCode(page, url, somebody);
    await page.getByRole('link', { name: 'Orienter un patient' }).click();
    await expect(page.getByText('L’orientation peut être envoyée')).toBeVisible();
    await page.goto(url);
    await server.advance(120_000);
    await page.context().clearCookies({ name: 'orientation_session' });
    await page.goto(`${url}/orienter`);
    await expect(heading(page, 'Confirmer votre identité')).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Recevoir un code' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
    await giveCode(page, await somebody.codeByMail());
    await expect(page.getByText('L’orientation peut être envoyée')).toBeVisible();
  });

  test('requires Pro Santé Connect before a stronger action, and accepts no code for it', async ({
    page,
    orientation: { url },
    demo,
  }) => {
    await arriveByCode(page, url, demo.claire);
    await page.getByRole('link', { name: 'Ouvrir un dossier protégé' }).click();
    await expect(heading(page, 'Confirmer votre identité')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Recevoir un code' })).toBeHidden();
    await holds(page);
    await page.getByRole('link', { name: 'Confirmer avec Pro Santé Connect' }).click();
    await pick(page, 'Claire MARTIN');
    await expect(page.getByText('Le dossier s’ouvre')).toBeVisible();
  });

  test('returns a user who gives up, with an explanation', async ({ page, orientation: { url }, demo }) => {
    await arriveByCode(page, url, demo.claire);
    await page.getByRole('link', { name: 'Ouvrir un dossier protégé' }).click();
    await page.getByRole('button', { name: 'Annuler et revenir à Orientation' }).click();
    await expect(page.getByText('La preuve demandée n’a pas été donnée.')).toBeVisible();
    await holds(page);
  });

  test('learns when the gate’s session ends elsewhere', async ({ page, orientation: { url }, somebody }) => {
    await arriveByCode(page, url, somebody);
    await page.goto('/');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page.getByText('Vous pouvez laisser ce poste')).toBeVisible();
    await expect(async () => {
      await page.goto(url);
      await expect(page.getByRole('link', { name: 'Se connecter' })).toBeVisible({ timeout: 500 });
    }).toPass();
  });

  test('is signed out of separately, from « Mon compte », where the user stays signed in', async ({
    page,
    orientation: { url },
    server,
    somebody,
  }) => {
    await arriveByCode(page, url, somebody);
    await page.goto(`${server.url}/mon-compte/applications`);
    await expect(page.getByText('Dernière ouverture')).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Se déconnecter de cette application : Orientation' }).click();
    await expect(page.getByText('L’application Orientation ne vous reconnaît plus')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Se déconnecter de cette application' })).toBeHidden();
    await holds(page);
    await expect(async () => {
      await page.goto(url);
      await expect(page.getByRole('link', { name: 'Se connecter' })).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.goto(server.url);
    await expect(heading(page, `Bonjour ${somebody.name}`)).toBeVisible();
  });

  test('is a link away when its request is over', async ({
    page,
    orientation: { url },
    server,
    somebody,
  }) => {
    await leaveForTheGate(page, url);
    await server.advance(16 * 60_000);
    await page.reload();
    await expect(page.getByText('La demande de l’application a plus de 15 minutes')).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('link', { name: 'Recommencer depuis l’application' }).click();
    await expect(page.getByText('Pour continuer vers Orientation')).toBeVisible();
    await givePassword(page, somebody);
    await giveMailedCode(page, somebody);
    await welcomed(page, url, somebody);
  });

  test('that the gate does not know leads to a page that looks like the others, with a reference', async ({
    page,
    server,
  }) => {
    await page.goto(`${server.url}/oidc/authorize?client_id=nobody&response_type=code&scope=openid`);
    await expect(heading(page, 'Cette demande ne peut pas aboutir')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('n’est pas connue de ce service');
    await expect(page.getByRole('banner').getByRole('link', { name: 'Portillon' })).toBeVisible();
    const typeface = await page.evaluate(() => document.fonts.load('1rem "Atkinson Hyperlegible Next"'));
    expect(typeface).toHaveLength(1);
    await holds(page);
  });

  test('that names a wrong address to come back to is a link away', async ({
    page,
    orientation: { url },
    server,
  }) => {
    const asked = page.waitForRequest(`${server.url}/oidc/authorize*`);
    await leaveForTheGate(page, url);
    const wrong = new URL((await asked).url());
    wrong.searchParams.set('redirect_uri', `${url}/elsewhere`);
    await page.goto(wrong.href);
    await expect(heading(page, 'Cette demande ne peut pas aboutir')).toBeVisible();
    await page.getByRole('link', { name: 'Recommencer depuis Orientation' }).click();
    await expect(page.getByText('Pour continuer vers Orientation')).toBeVisible();
  });
});
