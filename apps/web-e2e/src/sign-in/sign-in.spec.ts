import { LAPTOP, layoutShift } from '../harness/accessibility';
import { PASSWORD, spaced } from '../harness/people';
import {
  arrived,
  expect,
  giveCode,
  giveMailedCode,
  givePassword,
  heading,
  referenceShown,
  test,
  timeInParis,
} from '../harness/test';

test.describe('the first page', () => {
  test('is whole on a laptop in both languages, in one wave, and nothing moves', async ({ page }) => {
    await page.setViewportSize(LAPTOP);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const answers: number[] = [];
    page.on('response', (response) => answers.push(response.status()));
    await page.goto('/connexion');
    await expect(page.getByLabel('Identifiant', { exact: true })).toBeFocused();
    expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([]);
    // The texts of refusals come after the page.
    expect(asked.filter((path) => /\/(?!problems-)[^/]+\.(js|css)$/.test(path))).toHaveLength(3);
    expect(answers.filter((status) => status >= 400)).toEqual([]);
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.02);
    await expect(page.getByRole('button', { name: 'Se connecter' })).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeInViewport({ ratio: 1 });
  });

  test('leads to a code step that is whole on a laptop too', async ({ page, demo }) => {
    await page.setViewportSize(LAPTOP);
    await givePassword(page, demo.claire);
    await expect(page.getByRole('button', { name: 'Valider' })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('link', { name: 'Aide sur les codes' })).toBeInViewport({ ratio: 1 });
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.02);
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('button', { name: 'Confirm' })).toBeInViewport({ ratio: 1 });
  });
});

test.describe('signing in', () => {
  test(
    'asks for the password, then for the code that came by mail',
    { tag: '@firefox' },
    async ({ page, demo, server }) => {
      await givePassword(page, demo.claire);
      await expect(heading(page, 'Saisir le code')).toBeVisible();
      await expect(page).toHaveTitle('Saisir le code — Portillon');

      const [mail] = await server.messagesTo(demo.claire.email);
      const sentAt = timeInParis(mail!.sentAt);
      await expect(page.getByText(`Un code OTP vous a été envoyé par e‑mail à ${sentAt}`)).toBeVisible();
      await expect(page.getByText('c•••@hopital.example', { exact: true })).toBeVisible();
      await expect(page.getByText(/^\d+\smin\s\d+\ss$/)).toBeVisible();
      const reference = await referenceShown(page);
      expect(mail!.text).toContain(reference);
      await expect(page.getByText(/ouvrir votre messagerie sur chaque ordinateur/)).toBeVisible();

      await giveCode(page, await demo.claire.codeByMail());
      await expect(heading(page, 'Bonjour Claire Martin')).toBeFocused();
      await expect(page).toHaveURL('/');
      await expect(page.getByText('Hôpital des Trois Dames')).toBeVisible();
      await expect(page.getByText('Session de Claire Martin')).toBeVisible();
    },
  );

  test(
    'submits a code pasted with its spaces automatically',
    { tag: '@firefox' },
    async ({ page, context, demo }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await givePassword(page, demo.claire);
      await expect(heading(page, 'Saisir le code')).toBeVisible();
      const code = await demo.claire.codeByMail();
      await page.evaluate((text) => navigator.clipboard.writeText(text), spaced(code));
      await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
      await page.keyboard.press('Control+V');
      await expect(heading(page, 'Bonjour Claire Martin')).toBeVisible();
    },
  );

  test('lets telephones and browsers fill in the name, the password and the code', async ({ page, demo }) => {
    await page.goto('/connexion');
    const username = page.getByLabel('Identifiant', { exact: true });
    await expect(username).toHaveAttribute('autocomplete', 'username webauthn');
    const password = page.getByLabel('Mot de passe', { exact: true });
    await expect(password).toHaveAttribute('autocomplete', 'current-password');
    await givePassword(page, demo.claire);
    const code = page.getByRole('textbox', { name: 'Code' });
    await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    await expect(code).toHaveAttribute('inputmode', 'numeric');
    await expect(code).toHaveAttribute('type', 'text');
  });

  test('needs no mouse, from the first page to sign-out', { tag: '@firefox' }, async ({ page, demo }) => {
    const { keyboard } = page;
    await page.goto('/');
    await expect(page.getByLabel('Identifiant', { exact: true })).toBeFocused();
    await keyboard.type('claire.martin');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await keyboard.type(await demo.claire.codeByMail());
    await keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Valider' })).toBeFocused();
    await keyboard.press('Tab');
    await expect(page.getByRole('checkbox')).toBeFocused();
    await keyboard.press('Space');
    await expect(page.getByRole('checkbox')).not.toBeChecked();
    await keyboard.press('Shift+Tab');
    await expect(page.getByRole('button', { name: 'Valider' })).toBeFocused();
    await keyboard.press('Space');
    await expect(heading(page, 'Bonjour Claire Martin')).toBeFocused();

    await page.reload();
    await expect(heading(page, 'Bonjour Claire Martin')).toBeVisible();
    await keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();

    const menu = page.getByRole('button', { name: 'Administration' });
    const mine = page
      .getByRole('navigation', { name: 'Menu principal' })
      .getByRole('link', { name: 'Mon compte', exact: true });
    await menu.focus();
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    await expect(menu).toBeFocused();
    await expect(mine).toBeHidden();
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await expect(mine).toBeFocused();
    await keyboard.press('Enter');
    await expect(heading(page, 'Mon compte')).toBeFocused();

    const signOut = page.getByRole('button', { name: 'Se déconnecter' });
    await signOut.focus();
    await keyboard.press('Enter');
    await expect(heading(page, 'Se connecter')).toBeFocused();
  });

  test('comes back to the page that was wanted', { tag: '@firefox' }, async ({ page, demo }) => {
    await page.goto('/mon-compte/activite');
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await givePassword(page, demo.nadia);
    await giveMailedCode(page, demo.nadia);
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
  });

  test('shows the password when asked', async ({ page }) => {
    await page.goto('/connexion');
    const password = page.getByLabel('Mot de passe', { exact: true });
    await password.fill('secret');
    await page.getByRole('button', { name: 'Afficher le mot de passe' }).click();
    await expect(password).toHaveAttribute('type', 'text');
    await page.getByRole('button', { name: 'Masquer le mot de passe' }).click();
    await expect(password).toHaveAttribute('type', 'password');
  });

  test(
    'sends one request and one mail when « Se connecter » is clicked twice',
    { tag: '@firefox' },
    async ({ page, somebody, server }) => {
      const asked: string[] = [];
      let answer: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/api/sign-in/password', async (route) => {
        asked.push(route.request().url());
        await held;
        await route.continue();
      });
      await page.goto('/connexion');
      await page.getByLabel('Identifiant', { exact: true }).fill(somebody.username);
      await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
      const button = page.getByRole('button', { name: 'Se connecter', exact: true });
      await button.dblclick();
      await page.keyboard.press('Enter');
      await expect(button).toHaveAttribute('aria-disabled', 'true');
      answer();
      await giveMailedCode(page, somebody);
      await arrived(page, somebody);
      expect(asked).toHaveLength(1);
      expect(await server.messagesTo(somebody.email)).toHaveLength(1);
    },
  );
});
