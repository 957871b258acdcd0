import { fitsInBothLanguages, holds, holdsInBothLanguages } from '../harness/accessibility';
import { testWithCards as test } from '../harness/card';
import { arrived, expect, heading, openSignedIn, type Page, signIn } from '../harness/test';

const BUTTON = 'Se connecter avec la carte CPx';

async function present(page: Page): Promise<void> {
  if (new URL(page.url()).pathname !== '/connexion') await page.goto('/connexion');
  await page.getByRole('button', { name: BUTTON }).click();
}

// Each worker would start a server of this kind for itself.
test.describe.configure({ mode: 'default' });

test.describe('a card in the reader', () => {
  test.use({ card: 'cps' });

  test('signs in with no password and no code, and sign-out ends it', async ({ page, demo }) => {
    await page.goto('/mon-compte/connexions');
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await present(page);
    await expect(page).toHaveURL('/mon-compte/connexions');
    await page.goto('/');
    await arrived(page, demo.claire);
    const { session } = await (await page.request.get('/api/session')).json();
    expect(session).toMatchObject({ means: 'cpx', amr: ['sc'], codeValidUntil: null });
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    expect((await page.request.get('/api/session')).status()).toBe(401);
    // A card that stays in the reader opens nothing; presented again it does.
    await page.reload();
    await expect(page.getByRole('button', { name: BUTTON })).toBeVisible();
    await present(page);
    await arrived(page, demo.claire);
  });
});

test.describe('without a card', () => {
  test('the sign-in page offers it before the password, and has no fault', async ({ page }) => {
    await page.goto('/connexion');
    await expect(page.getByRole('button', { name: BUTTON })).toBeFocused();
    await expect(page.getByRole('main').locator('section').first()).toContainText('carte CPx');
    await holdsInBothLanguages(page);
  });

  test('says that none was read, links to the help page, and the password still works', async ({
    page,
    somebody,
  }) => {
    await present(page);
    await expect(page.getByRole('alert')).toContainText('La carte n’a pas été lue');
    await expect(page.getByRole('alert')).toBeFocused();
    await holdsInBothLanguages(page);
    await page.getByRole('link', { name: 'Aide pour la carte' }).click();
    await expect(heading(page, 'Aide pour la carte')).toBeVisible();
    for (const about of ['Le lecteur', 'Cryptolib CPS', 'ATSAM', 'PIN', 'périmée', 'Sans carte'])
      await expect(page.getByRole('main')).toContainText(about);
    await fitsInBothLanguages(page);
    await page.getByRole('link', { name: 'Revenir à la connexion' }).click();
    await signIn(page, somebody);
  });

  test('its own origin redirects other visitors to the help page', async ({ page, around }) => {
    await page.goto(around.desk.url);
    await expect(heading(page, 'Aide pour la carte')).toBeVisible();
  });
});

for (const [card, words] of [
  ['stranger', 'Aucun compte n’est rattaché à cette carte'],
  ['expired', 'Cette carte n’a pas été acceptée'],
  ['revoked', 'Cette carte n’a pas été acceptée'],
  ['service-card', 'Cette carte n’a pas été acceptée'],
] as const)
  test.describe(`a card that may not enter (${card})`, () => {
    test.use({ card });

    test('shows the reason, with a next step', async ({ page }) => {
      await present(page);
      await expect(page.getByRole('alert')).toContainText(words);
      await holds(page);
      await expect(page.getByLabel('Mot de passe', { exact: true })).toBeVisible();
      expect((await page.request.get('/api/session')).status()).toBe(401);
    });
  });

test.describe('« Mon compte »', () => {
  test.use({ card: 'cpf' });

  test('links the card of a user with password and code, which signs them in until they unlink it', async ({
    page,
    somebody,
  }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await expect(page.getByRole('button', { name: 'Rattacher ma carte' })).toBeVisible();
    await holds(page);
    await page.getByRole('button', { name: 'Rattacher ma carte' }).click();
    await expect(page.getByText('Votre carte est rattachée')).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await present(page);
    await arrived(page, somebody);
    await page.goto('/mon-compte');
    await page.getByRole('button', { name: 'Détacher' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await holds(page);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Détacher' }).click();
    await expect(page.getByText('Votre carte et votre e‑CPS sont détachées')).toBeVisible();
    await expect(page.getByText('connectez‑vous avec votre mot de passe et un code')).toBeVisible();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await present(page);
    await expect(page.getByRole('alert')).toContainText('Aucun compte n’est rattaché à cette carte');
  });
});
