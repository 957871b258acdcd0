import { holds, LAPTOP } from '../harness/accessibility';
import { PASSWORD, type Person } from '../harness/people';
import {
  arrived,
  expect,
  giveMailedCode,
  givePassword,
  heading,
  MINUTE,
  type Page,
  test,
} from '../harness/test';

test.describe('a refusal at sign-in', () => {
  test('of an empty form names the field and goes to it', async ({ page }) => {
    await page.goto('/connexion');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    const username = page.getByLabel('Identifiant', { exact: true });
    await expect(username).toBeFocused();
    await expect(username).toHaveAccessibleDescription(/Saisissez votre identifiant\./);
    await username.fill('claire.martin');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByLabel('Mot de passe', { exact: true })).toBeFocused();
  });

  for (const [language, button] of [
    ['Français', 'Se connecter'],
    ['English', 'Sign in'],
  ] as const)
    test(`leaves the button in view on a laptop, in a card that hardly grows (${language})`, async ({
      page,
      somebody,
    }) => {
      await page.setViewportSize(LAPTOP);
      await page.goto('/connexion');
      if (language === 'English') await page.getByRole('button', { name: language }).click();
      await page.locator('input[name=username]').fill(somebody.username);
      const password = page.locator('input[autocomplete=current-password]');
      await password.fill('Not-The-Password-2026');
      const before = (await page.locator('main .card').boundingBox())!.height;
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect(password).toBeFocused();
      await expect(password).toHaveAccessibleDescription(/incorrect|not right/);
      await page.keyboard.type('x');
      await expect(password).toHaveValue('x');
      expect((await page.locator('main .card').boundingBox())!.height - before).toBeLessThan(120);
      await expect(page.getByRole('alert')).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('button', { name: button, exact: true })).toBeInViewport({ ratio: 1 });
    });

  test('is the same for a wrong password and for an unknown name', async ({ page, somebody, server }) => {
    await givePassword(page, somebody, 'Not-The-Password-2026');
    const notice = page.getByRole('alert');
    await expect(page.getByLabel('Mot de passe', { exact: true })).toBeFocused();
    const text = await notice.textContent();
    expect(text).toContain('Identifiant ou mot de passe incorrect');

    await page.reload();
    await page.getByLabel('Identifiant', { exact: true }).fill('nobody.at-all');
    await page.getByLabel('Mot de passe', { exact: true }).fill('Not-The-Password-2026');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(notice).toHaveText(text!);
    expect(await server.messagesTo(somebody.email)).toEqual([]);
  });

  test('after many wrong passwords says how long to wait, and lets in afterwards', async ({
    page,
    somebody,
    later,
  }) => {
    await givePassword(page, somebody, 'Not-The-Password-0');
    for (let turn = 1; turn <= 5; turn++) {
      await expect(page.getByRole('alert')).toContainText(/incorrect|Trop d’essais/);
      await later(MINUTE / 2);
      await givePassword(page, somebody, `Not-The-Password-${turn}`);
    }
    await expect(page.getByRole('alert')).toContainText('Trop d’essais en peu de temps.');
    await expect(page.getByRole('alert')).toContainText(/réessayer dans \d+\ssecondes\./);
    await expect(page.getByRole('button', { name: 'Se connecter' })).toBeDisabled();

    await later(2 * MINUTE);
    await expect(page.getByRole('alert')).toContainText('Vous pouvez réessayer.');
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
  });

  test('after many codes to one mailbox says so, and delays no one else', async ({
    page,
    somebody,
    demo,
  }) => {
    for (let turn = 0; turn < 5; turn++) await askForCode(page, somebody);
    await givePassword(page, somebody);
    const notice = page.getByRole('alert');
    await expect(notice).toContainText('Trop de codes sont partis pour vous vers cette adresse');
    await expect(notice).toContainText(/réessayer à\s\d\d:\d\d, dans \d+\sminutes\./);
    await expect(page.getByRole('button', { name: 'Se connecter' })).toBeDisabled();
    await page.getByRole('button', { name: 'English' }).click();
    await expect(notice).toContainText('Too many codes were sent to this address');
    await page.getByRole('button', { name: 'Français' }).click();
    await holds(page);
    await givePassword(page, demo.nadia);
    await giveMailedCode(page, demo.nadia);
    await arrived(page, demo.nadia);
  });
});

async function askForCode(page: Page, { username }: Person): Promise<void> {
  const data = { username, password: PASSWORD };
  expect((await page.request.post('/api/sign-in/password', { data })).ok()).toBe(true);
}
