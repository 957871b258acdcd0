import {
  arrived,
  expect,
  giveMailedCode,
  givePassword,
  heading,
  HOUR,
  MINUTE,
  type Page,
  signIn,
  signInByApi,
  test,
} from '../harness/test';

test.describe('a browser where a code was given', () => {
  test('asks for none the second time', async ({ page, somebody, server }) => {
    await signIn(page, somebody);
    await signOut(page);
    await givePassword(page, somebody);
    await arrived(page, somebody);
    expect(await server.messagesTo(somebody.email)).toHaveLength(1);
  });

  test('asks for one again 24 hours after the first, however much one used it', async ({
    page,
    somebody,
    later,
  }) => {
    await signIn(page, somebody);
    await page.goto('/mon-compte/connexions');
    await expect(page.getByText('Sans code jusqu’au')).toBeVisible();
    for (let turn = 0; turn < 2; turn++) {
      await later(11 * HOUR);
      await page.context().clearCookies({ name: 'portillon_session' });
      await givePassword(page, somebody);
      // At home, or back where the page was when its session was gone.
      await expect(page.getByText(`Session de ${somebody.name}`)).toBeVisible();
    }
    await later(2 * HOUR + MINUTE);
    await page.context().clearCookies({ name: 'portillon_session' });
    await givePassword(page, somebody);
    await giveMailedCode(page, somebody);
    await arrived(page, somebody);
  });

  test('asks for one after a change of where codes go, and home says so beforehand', async ({
    page,
    somebody,
  }) => {
    await signIn(page, somebody);
    await expect(page.getByText('Pas avant le')).toBeVisible();
    await page.goto('/mon-compte');
    await page.getByLabel('Téléphone portable').fill(somebody.mobileAsTyped);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const next = page.getByText('Ce navigateur demandera un code à la prochaine connexion.');
    await expect(next).toBeVisible();
    await page.goto('/');
    await expect(next).toBeVisible();
    await expect(page.getByText('Pas avant le')).toHaveCount(0);
    await signOut(page);
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
  });

  test('asks a colleague for a code of their own, and keeps both', async ({ page, somebody, demo }) => {
    await signIn(page, somebody);
    await signOut(page);
    await signIn(page, demo.nadia);
    await signOut(page);
    for (const person of [somebody, demo.nadia]) {
      await givePassword(page, person);
      await arrived(page, person);
      await signOut(page);
    }
  });

  test('does not vouch for another one', async ({ page, somebody, anotherBrowser }) => {
    await signInByApi(page, somebody);
    const elsewhere = await anotherBrowser();
    await givePassword(elsewhere, somebody);
    await expect(heading(elsewhere, 'Saisir le code')).toBeVisible();
  });

  test('asks for a code each time when the person wants no memory of it', async ({ page, somebody }) => {
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
    const remember = page.getByLabel('Ne plus me demander de code dans ce navigateur pendant 24 heures');
    await expect(remember).toBeChecked();
    await remember.uncheck();
    await giveMailedCode(page, somebody);
    await arrived(page, somebody);
    await signOut(page);
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
  });
});

test.describe('sign-out', () => {
  const pages = {
    '/': 'Bonjour Nadia Benali',
    '/mon-compte': 'Mon compte',
    '/mon-compte/mot-de-passe': 'Changer le mot de passe',
    '/mon-compte/connexions': 'Sessions et activité',
    '/mon-compte/activite': 'Sessions et activité',
    '/accessibilite': 'Accessibilité : non conforme',
    '/mentions-legales': 'Mentions légales',
    '/donnees-personnelles': 'Données personnelles',
    '/nulle-part': 'Cette page n’existe pas',
  };

  test('is on every page, and closes what was open', async ({ page, demo }) => {
    await signInByApi(page, demo.nadia);
    for (const [path, title] of Object.entries(pages)) {
      await page.goto(path);
      await expect(heading(page, title)).toBeVisible();
      await expect(page.getByRole('banner').getByRole('button', { name: 'Se déconnecter' })).toBeVisible();
    }
    await page.goto('/mon-compte');
    await signOut(page);
    await expect(page.getByText('Votre session est fermée. Vous pouvez laisser ce poste.')).toBeVisible();
    await expect(page.getByText('Session de Nadia Benali')).toBeHidden();
    await page.goBack();
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });

  test('on a public page says that it is done too', async ({ page, demo }) => {
    await signInByApi(page, demo.nadia);
    await page.goto('/mentions-legales');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page.getByText('Vous pouvez laisser ce poste.')).toBeVisible();
    await expect(page.getByText('Session de Nadia Benali')).toBeHidden();
  });

  test('in one window closes the other at once', async ({ page, context, demo }) => {
    await signInByApi(page, demo.nadia);
    await page.goto('/mon-compte');
    const second = await context.newPage();
    await second.goto('/');
    await second.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(second, 'Se connecter')).toBeVisible();
    // At once: nothing is pressed there.
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await expect(page.getByText('Votre session est fermée. Vous pouvez laisser ce poste.')).toBeVisible();
  });
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(heading(page, 'Se connecter')).toBeVisible();
}
