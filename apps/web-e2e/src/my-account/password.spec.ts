import { standsBeside } from '../harness/accessibility';
import { PASSWORD } from '../harness/people';
import {
  expect,
  giveMailedCode,
  givePassword,
  heading,
  openSignedIn,
  type Page,
  signInByApi,
  test,
} from '../harness/test';

const NEW = 'Une-Autre-Gare-Au-Soleil-31';

test.describe('changing the password', () => {
  test('ends the other sessions, and the other browsers want a code again', async ({
    page,
    somebody,
    anotherBrowser,
  }) => {
    const elsewhere = await anotherBrowser();
    await openSignedIn(elsewhere, somebody, '/mon-compte');
    await openSignedIn(page, somebody, '/mon-compte');
    await page.getByRole('link', { name: 'Changer le mot de passe' }).click();
    await expect(heading(page, 'Changer le mot de passe')).toBeFocused();
    await change(page, PASSWORD, NEW);
    const changed = page.getByText('Votre mot de passe est changé.');
    await expect(changed).toBeVisible();
    await standsBeside(changed, page.getByRole('button', { name: 'Changer le mot de passe' }));
    await expect(page.getByLabel('Nouveau mot de passe')).toHaveValue('');

    await elsewhere.getByRole('link', { name: 'Sessions et activité' }).click();
    await expect(heading(elsewhere, 'Se connecter')).toBeVisible();
    await givePassword(elsewhere, somebody);
    await expect(elsewhere.getByRole('alert')).toContainText('incorrect');
    await givePassword(elsewhere, somebody, NEW);
    await giveMailedCode(elsewhere, somebody);
    await expect(heading(elsewhere, 'Sessions et activité')).toBeVisible();

    await page.getByRole('link', { name: 'Sessions et activité' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Mot de passe changé' })).toBeVisible();
  });

  test('is refused without the current one', { tag: '@firefox' }, async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/mon-compte/mot-de-passe');
    await change(page, 'Not-The-Password-2026', NEW);
    await expect(page.getByRole('alert')).toContainText('Le mot de passe actuel n’est pas le bon.');
    await expect(page.getByLabel('Nouveau mot de passe')).toHaveValue(NEW);
  });

  test(
    'to a weak one is refused with the reasons, and its strength shows as one types',
    { tag: '@firefox' },
    async ({ page, somebody }) => {
      await openSignedIn(page, somebody, '/mon-compte/mot-de-passe');
      const strength = page.getByRole('status').filter({ hasText: 'Longueur' });
      await expect(strength).toContainText('rien de saisi');
      await page.getByLabel('Nouveau mot de passe').fill('soleil');
      await expect(strength).toContainText('insuffisante');
      await page.getByLabel('Nouveau mot de passe').fill(NEW);
      await expect(strength).toContainText('suffisante');
      await change(page, PASSWORD, 'Portillon-2026!');
      await expect(page.getByRole('alert')).toContainText('Ce nouveau mot de passe n’est pas assez sûr.');
      await expect(page.getByRole('alert')).toContainText('un mot du nom du service');
    },
  );
});

test.describe('« Sessions et activité »', () => {
  test('ends one session on another screen', async ({ page, somebody, anotherBrowser }) => {
    const elsewhere = await anotherBrowser();
    await openSignedIn(elsewhere, somebody, '/');
    await openSignedIn(page, somebody, '/mon-compte/connexions');
    const sessions = page.getByRole('row').filter({ hasText: 'Session ouverte' });
    await expect(sessions).toHaveCount(2);
    await expect(sessions.filter({ hasText: 'Cet appareil' })).toHaveCount(1);
    await expect(sessions.getByText('Chrome sur Linux').first()).toBeVisible();

    await page.getByRole('button', { name: /^Fermer la session : Chrome sur Linux/ }).click();
    await expect(page.getByText('La session est fermée.')).toBeVisible();
    await expect(sessions).toHaveCount(1);
    await expect(page.getByText('Aucune autre session n’est ouverte.')).toBeVisible();

    await elsewhere.getByRole('link', { name: 'Mon compte' }).click();
    await expect(heading(elsewhere, 'Se connecter')).toBeVisible();
    await givePassword(elsewhere, somebody);
    await expect(heading(elsewhere, 'Mon compte')).toBeVisible();
  });

  test('ends all the others at once', { tag: '@firefox' }, async ({ page, somebody, anotherBrowser }) => {
    await signInByApi(await anotherBrowser(), somebody);
    await signInByApi(await anotherBrowser(), somebody);
    await openSignedIn(page, somebody, '/mon-compte/connexions');
    await page.getByRole('button', { name: 'Fermer toutes les autres sessions' }).click();
    await expect(page.getByText('Toutes vos autres sessions sont fermées.')).toBeVisible();
    await page.reload();
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
  });

  test(
    'forgets a browser, which asks for a code again',
    { tag: '@firefox' },
    async ({ page, somebody, anotherBrowser }) => {
      const elsewhere = await anotherBrowser();
      await signInByApi(elsewhere, somebody);
      await openSignedIn(page, somebody, '/mon-compte/connexions');
      const browsers = page.getByRole('row').filter({ hasText: 'Navigateur reconnu' });
      await expect(browsers).toHaveCount(2);
      const other = browsers.filter({ hasNotText: 'Ce navigateur' });
      await other.getByRole('button', { name: /^Oublier le navigateur/ }).click();
      await expect(page.getByText('Le navigateur est oublié')).toBeVisible();
      await expect(browsers).toHaveCount(1);

      await elsewhere.context().clearCookies({ name: 'portillon_session' });
      await givePassword(elsewhere, somebody);
      await expect(heading(elsewhere, 'Saisir le code')).toBeVisible();
    },
  );

  test('forgets every browser, this one too', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/mon-compte/connexions');
    await page.getByRole('button', { name: 'Oublier tous les navigateurs' }).click();
    await expect(page.getByText('Aucun navigateur n’est reconnu.')).toBeVisible();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
  });
});

test('« Sessions et activité », at the former address of the activity, lists events, newest first', async ({
  page,
  somebody,
}) => {
  await givePassword(page, somebody, 'Not-The-Password-2026');
  await expect(page.getByRole('alert')).toBeVisible();
  await openSignedIn(page, somebody, '/mon-compte/activite');
  const lines = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.locator('time') });
  await expect(lines.filter({ hasText: 'Connexion refusée' })).toContainText('Mot de passe');
  await expect(lines.filter({ hasText: 'Code envoyé par e‑mail' })).toHaveCount(1);
  await expect(lines.filter({ hasText: 'Connexion réussie' })).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 3 }).first()).toHaveText(
    /^\p{L}+ \d+(er)?\u00a0\p{L}+ \d{4}$/u,
  );
  await expect(lines.first().locator('time')).toHaveText(/^\d\d:\d\d$/);
  expect(await page.content()).not.toContain(await somebody.codeByMail());
});

async function change(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('Mot de passe actuel').fill(current);
  await page.getByLabel('Nouveau mot de passe').fill(next);
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
}
