import { PASSWORD } from '../harness/people';
import { expect, giveMailedCode, givePassword, heading, openSignedIn, test } from '../harness/test';

test.describe('the sign-in page', () => {
  test('is French at the first visit, whatever the browser requests', async ({ browser, server }) => {
    const context = await browser.newContext({ locale: 'en-US', baseURL: server.url });
    const page = await context.newPage();
    await page.goto('/');
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await expect(page).toHaveTitle('Se connecter — Portillon');
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await context.close();
  });

  test('speaks English by a switch, and remembers it', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(heading(page, 'Sign in')).toBeVisible();
    await expect(page).toHaveTitle('Sign in — Portillon');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');

    await page.reload();
    await expect(heading(page, 'Sign in')).toBeVisible();
    await page.getByRole('button', { name: 'Français' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });

  test('shows that this is a demo, and leads to its accounts and its mailbox', async ({ page }) => {
    await page.goto('/');
    const notice = page.getByRole('complementary', { name: 'Ceci est une démonstration' });
    await expect(notice).toContainText('Les personnes sont fictives et aucun message ne part vraiment');

    const opening = page.waitForEvent('popup');
    await notice.getByRole('link', { name: 'Ouvrir la boîte de démonstration' }).click();
    const mailbox = await opening;
    await expect(mailbox).toHaveURL('/demo/mailbox?lang=fr');
    for (const name of ['claire.martin', 'nadia.benali', 'paul.durand', 'support.national', PASSWORD])
      await expect(mailbox.getByText(name, { exact: true })).toBeVisible();
  });
});

test.describe('the language of a person', () => {
  test('chosen before sign-in goes into the account and into the messages', async ({
    page,
    somebody,
    server,
    anotherBrowser,
  }) => {
    await page.goto('/connexion');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByLabel('User name', { exact: true }).fill(somebody.username);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(heading(page, 'Enter the code')).toBeVisible();
    await page.getByRole('textbox', { name: 'Code' }).fill(await somebody.codeByMail());
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(heading(page, `Hello ${somebody.name}`)).toBeVisible();

    await page.getByRole('link', { name: /My account/ }).click();
    await expect(page.getByText('The pages and the messages sent to you are in English.')).toBeVisible();

    const elsewhere = await anotherBrowser();
    await givePassword(elsewhere, somebody);
    await expect(heading(elsewhere, 'Saisir le code')).toBeVisible();
    expect((await server.messagesTo(somebody.email))[0]!.subject).toMatch(/sign-in code/i);
  });

  test('is changed in the account, and follows the person to another browser', async ({
    page,
    somebody,
    anotherBrowser,
  }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await page.getByRole('main').getByRole('button', { name: 'Switch to English' }).click();
    await expect(heading(page, 'My account')).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: 'Passer en français' })).toBeVisible();

    const elsewhere = await anotherBrowser();
    await givePassword(elsewhere, somebody);
    await giveMailedCode(elsewhere, somebody);
    await expect(heading(elsewhere, `Hello ${somebody.name}`)).toBeVisible();
  });
});
