import { holds, holdsAsDialog, holdsInBothLanguages, LAPTOP, wholeInView } from '../harness/accessibility';
import {
  leaveForProSanteConnect,
  pick,
  type Provider,
  testWithProSanteConnect as test,
  withProSanteConnect,
} from '../harness/pro-sante-connect';
import { arrived, expect, giveCode, heading, openSignedIn, type Page, signIn } from '../harness/test';

/** Out of the service and of Pro Santé Connect, which the browser passes by. */
async function signOutOf(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL(/\/connexion\?state=signed-out/);
}

/** Signs in by a session that Pro Santé Connect has had for an hour: no fresh proof. */
async function signInByOldSession(page: Page, provider: Provider, name: string, arrive: () => Promise<void>) {
  const anHourAgo = Math.floor(Date.now() / 1_000) - 3_600;
  await provider.be({ idToken: { claims: { auth_time: anHourAgo } } });
  await leaveForProSanteConnect(page);
  await pick(page, name);
  await arrive();
  await provider.be();
}

/** As far as Pro Santé Connect, which was asked for a fresh proof. */
async function confirmBeforeDownload(page: Page): Promise<void> {
  await page.goto('/mon-compte/donnees');
  await page.getByRole('button', { name: 'Télécharger le fichier' }).click();
  const confirm = page.getByRole('dialog').getByRole('link', { name: 'Confirmer avec Pro Santé Connect' });
  await expect(confirm).toBeVisible();
  await holdsAsDialog(page);
  const asked = page.waitForRequest(/[?&]max_age=300(&|$)/);
  await confirm.click();
  await asked;
}

async function download(page: Page): Promise<void> {
  await expect(page).toHaveURL('/mon-compte/donnees');
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Télécharger le fichier' }).click();
  expect((await file).suggestedFilename()).toBe('portillon-mes-donnees.json');
}

test.describe('Pro Santé Connect', () => {
  test('comes first on the sign-in page, before the password, and has the keyboard', async ({ page }) => {
    await page.goto('/connexion');
    const link = page.getByRole('link', { name: 'S’identifier avec Pro Santé Connect' });
    await expect(link).toBeFocused();
    await expect(page.getByRole('main').locator('section').first()).toContainText('Pro Santé Connect');
    await holdsInBothLanguages(page);
  });

  test('signs a user in without password or code, and returns to the requested page', async ({
    page,
    demo,
  }) => {
    await page.goto('/mon-compte/connexions');
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await leaveForProSanteConnect(page);
    await holds(page);
    await pick(page, 'Claire MARTIN');
    await expect(page).toHaveURL('/mon-compte/connexions');
    await expect(page.getByRole('main')).toContainText('Pro Santé Connect');
    await page.goto('/');
    await arrived(page, demo.claire);
    const { session } = await (await page.request.get('/api/session')).json();
    expect(session).toMatchObject({ means: 'pro-sante-connect', acr: 'eidas1', codeValidUntil: null });
  });

  test('signs out there too, and comes back', async ({ page, demo }) => {
    await leaveForProSanteConnect(page);
    await pick(page, 'Claire MARTIN');
    await arrived(page, demo.claire);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page).toHaveURL(/\/connexion\?/);
    await expect(page.getByRole('status').first()).toContainText('Votre session est fermée');
    expect((await page.request.get('/api/session')).status()).toBe(401);
    // The provider's own session has ended too: the person must be picked again.
    await leaveForProSanteConnect(page);
  });

  test('lets a user with several activities choose one, by keyboard', async ({ page, demo }) => {
    await leaveForProSanteConnect(page);
    await pick(page, 'Paul DURAND');
    await expect(heading(page, 'Choisir votre exercice')).toBeVisible();
    expect((await page.request.get('/api/session')).status()).toBe(401);
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Continuer' }).click();
    await expect(page.getByRole('alert')).toHaveText('Choisissez un exercice.');
    await expect(page.getByRole('radio').first()).toBeFocused();
    await holds(page);
    await page.keyboard.press('ArrowDown');
    await expect(
      page.getByRole('radio', { name: 'CABINET DU DR DURAND Médecin, à titre libéral' }),
    ).toBeChecked();
    await page.keyboard.press('Enter');
    await arrived(page, demo.paul);
    const { session } = await (await page.request.get('/api/session')).json();
    expect(session.activity).toMatchObject({ structure: 'CABINET DU DR DURAND', mode: 'L' });
    await expect(page.getByText(/CABINET DU DR DURAND/)).toBeVisible();
    await page.goto('/connexion/exercice');
    await arrived(page, demo.paul);
  });

  test('that one gave up says so, and offers to start again', async ({ page, demo }) => {
    await leaveForProSanteConnect(page);
    await page.getByRole('button', { name: 'Annuler et revenir au service' }).click();
    await expect(page.getByRole('alert')).toContainText('Vous avez interrompu la connexion');
    await expect(page.getByRole('alert')).toBeFocused();
    await holdsInBothLanguages(page);
    await leaveForProSanteConnect(page);
    await pick(page, 'Claire MARTIN');
    await arrived(page, demo.claire);
  });

  test('that proves an unknown user shows whom to contact', async ({ page }) => {
    await leaveForProSanteConnect(page);
    await pick(page, 'Hugo LAMBERT');
    await expect(page.getByRole('alert')).toContainText(
      'aucun compte actif n’est lié à votre identifiant national',
    );
    await expect(page.getByRole('alert')).toContainText('l’administrateur de votre structure');
    await holdsInBothLanguages(page);
  });

  test('that proves an unknown user is signed out on this computer, for the next user', async ({
    page,
    demo,
  }) => {
    await leaveForProSanteConnect(page);
    await pick(page, 'Hugo LAMBERT');
    await page.getByRole('link', { name: 'Quitter Pro Santé Connect' }).click();
    await expect(page).toHaveURL(/\/connexion\?/);
    await expect(page.getByRole('status').first()).toContainText('Votre session est fermée');
    await leaveForProSanteConnect(page);
    await pick(page, 'Claire MARTIN');
    await arrived(page, demo.claire);
  });

  test('is linked in « Mon compte » by a user with password and code, and signs them in until they unlink it', async ({
    page,
    somebody,
  }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    const link = page.getByRole('button', { name: 'Rattacher mon e‑CPS' });
    await link.click();
    await page.getByRole('button', { name: 'Annuler et revenir au service' }).click();
    await expect(page.getByRole('alert')).toContainText('Vous avez interrompu le rattachement');
    await expect(page).toHaveURL('/mon-compte#rattachement');
    await expect(page.getByRole('alert')).toBeInViewport();
    await expect(page.getByRole('region', { name: 'Carte CPx et e‑CPS' })).toBeFocused();
    await holdsInBothLanguages(page);
    await link.click();
    await pick(page, 'Claire MARTIN');
    await expect(page.getByRole('alert')).toContainText('cette e‑CPS l’est à un autre compte');
    await signOutOf(page);

    await openSignedIn(page, somebody, '/mon-compte');
    await link.press('Enter');
    await pick(page, 'Nadia BENALI');
    await expect(page.getByText('Votre e‑CPS est rattachée')).toBeInViewport();
    await holdsInBothLanguages(page);
    await signOutOf(page);
    // The sign-out left Pro Santé Connect too: the person must be picked again.
    await leaveForProSanteConnect(page);
    await pick(page, 'Nadia BENALI');
    await arrived(page, somebody);
    await page.goto('/mon-compte');
    await page.getByRole('button', { name: 'Détacher' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Détacher' }).click();
    await expect(page.getByText('Votre carte et votre e‑CPS sont détachées')).toBeVisible();
    // Nothing is put in its place by who came with Pro Santé Connect.
    await expect(page.getByText('connectez‑vous avec votre mot de passe et un code')).toBeVisible();
    await expect(link).toBeHidden();
    await holds(page);
  });

  test('whose answer is forged admits no one, and offers a next step', async ({
    page,
    provider,
    somebody,
  }) => {
    await leaveForProSanteConnect(page);
    await provider.be({ idToken: { foreignKey: true } });
    await pick(page, 'Claire MARTIN');
    await expect(page.getByRole('alert')).toContainText('n’a pas confirmé votre identité');
    await holdsInBothLanguages(page);
    await signIn(page, somebody);
  });

  test('proves a user again before a sensitive action, without a code, and returns to the page', async ({
    page,
    provider,
    server,
    demo,
  }) => {
    const sent = (await server.messagesTo(demo.claire.email)).length;
    await signInByOldSession(page, provider, 'Claire MARTIN', () => arrived(page, demo.claire));
    await confirmBeforeDownload(page);
    await download(page);
    expect(await server.messagesTo(demo.claire.email)).toHaveLength(sent);
  });

  test('asks a user with several activities again which one', async ({ page, provider, demo }) => {
    const choose = async () => {
      await expect(heading(page, 'Choisir votre exercice')).toBeVisible();
      await page.getByRole('radio', { name: 'CABINET DU DR DURAND' }).check();
      await page.getByRole('button', { name: 'Continuer' }).click();
    };
    await signInByOldSession(page, provider, 'Paul DURAND', async () => {
      await choose();
      await arrived(page, demo.paul);
    });
    await confirmBeforeDownload(page);
    await choose();
    await download(page);
  });

  test('offers the code to a user who prefers it', async ({ page, provider, demo }) => {
    await signInByOldSession(page, provider, 'Claire MARTIN', () => arrived(page, demo.claire));
    await page.goto('/mon-compte/donnees');
    await page.getByRole('button', { name: 'Télécharger le fichier' }).click();
    const file = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Confirmer par un code' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
    await giveCode(page, await demo.claire.codeByMail());
    await file;
  });

  test('is accepted once: a second return shows so', async ({ page, context }) => {
    await leaveForProSanteConnect(page);
    const back = page.waitForRequest(/pro-sante-connect\/callback/);
    await pick(page, 'Claire MARTIN');
    const address = (await back).url();
    await expect(heading(page, 'Bonjour Claire Martin')).toBeVisible();
    await context.clearCookies({ name: 'portillon_session' });
    await page.goto(address);
    await expect(page.getByRole('alert')).toContainText('n’est plus valable');
    await expect(page.getByLabel('Mot de passe', { exact: true })).toBeVisible();
  });

  test('that goes down on the way says so, and the password still works', async ({
    page,
    provider,
    somebody,
  }) => {
    await leaveForProSanteConnect(page);
    await provider.be({ down: ['token'] });
    await pick(page, 'Claire MARTIN');
    await expect(page.getByRole('alert')).toContainText('Pro Santé Connect ne répond pas');
    await signIn(page, somebody);
  });
});

const testWhileDown = withProSanteConnect({ down: ['discovery'] });

testWhileDown.describe('while Pro Santé Connect is down', () => {
  testWhileDown(
    'the sign-in page says so, offers the password, and it again once it answers',
    async ({ page, server, provider, somebody, anotherBrowser }) => {
      await expect(async () => {
        await page.goto('/connexion');
        await expect(page.getByText('Pro Santé Connect ne répond pas en ce moment')).toBeVisible({
          timeout: 500,
        });
      }).toPass();
      await expect(page.getByLabel('Identifiant', { exact: true })).toBeFocused();
      await holdsInBothLanguages(page);
      await signIn(await anotherBrowser(), somebody);
      await provider.be();
      await server.advance(6_000);
      await expect(async () => {
        await page.getByRole('button', { name: 'Vérifier s’il répond de nouveau' }).click({ timeout: 500 });
        await expect(page.getByRole('link', { name: 'S’identifier avec Pro Santé Connect' })).toBeVisible({
          timeout: 500,
        });
      }).toPass();
      await leaveForProSanteConnect(page);
    },
  );
});

test('the provider of the demo has no fault, shows everybody at once, and leads back when a request failed', async ({
  page,
}) => {
  await page.setViewportSize(LAPTOP);
  await leaveForProSanteConnect(page);
  expect(await wholeInView(page.getByRole('button'))).toBe(5);
  await holds(page);
  const english = await page.request.get(page.url(), { headers: { 'accept-language': 'en-GB,en' } });
  expect(await english.text()).toContain('Choose a professional');
  await page.goto(new URL('/interaction/of-yesterday', page.url()).href);
  await expect(heading(page, 'Cette demande ne peut pas aboutir')).toBeVisible();
  await holds(page);
  await page.getByRole('link', { name: 'Revenir à la page de connexion' }).click();
  await expect(heading(page, 'Se connecter')).toBeVisible();
});
