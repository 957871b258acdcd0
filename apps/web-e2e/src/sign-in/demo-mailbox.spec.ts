import { COLOURS, faults, hasNoFault } from '../harness/accessibility';
import { expect, givePassword, heading, type Page, test } from '../harness/test';
import type { Person } from '../harness/people';

test.describe('the demo mailbox', () => {
  test('shows a mail when it arrives, and keeps open parts and the focus', async ({
    page,
    demo,
    context,
  }) => {
    await sendCode(await context.newPage(), demo.nadia);
    await page.goto('/demo/mailbox?lang=fr&who=nadia.benali');
    const id = await page.getByRole('article').first().getAttribute('id');
    const opened = page.locator(`[id="${id}"]`).getByText('En texte seul');
    await opened.click();
    await sendCode(await context.newPage(), demo.claire);
    await sendCode(await context.newPage(), demo.nadia);
    const code = await demo.nadia.codeByMail();
    await expect(page.getByRole('article').filter({ hasText: code }).first()).toBeVisible();
    await expect(page.getByRole('status')).toHaveText('Un nouveau message est arrivé.');
    await expect(opened).toBeFocused();
    await expect(page.getByRole('article').filter({ hasText: demo.claire.email })).toHaveCount(0);
  });

  test('shows the mail as its reader sees it, which runs nothing, and copies its code', async ({
    page,
    demo,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await sendCode(page, demo.nadia);
    const code = await demo.nadia.codeByMail();
    await page.goto('/demo/mailbox?lang=fr');
    const mail = page.getByRole('article').filter({ hasText: demo.nadia.email }).first();
    const frame = mail.frameLocator('iframe');
    await expect(frame.getByText(code, { exact: true })).toBeVisible();
    await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Votre code de connexion');
    await mail.getByRole('button', { name: 'Copier le code' }).press('Enter');
    await expect(mail.getByRole('button', { name: 'Code copié' })).toBeFocused();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    const source = (await mail.locator('iframe').getAttribute('src'))!;
    const policy = (await page.request.get(source)).headers()['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/;sandbox (?!.*(allow-scripts|allow-same-origin))/);
  });

  test('is one for each person, in both languages', async ({ page, demo }) => {
    await sendCode(page, demo.nadia);
    await page.goto('/demo/mailbox?lang=en');
    const boxes = page.getByRole('navigation', { name: 'Mailboxes' });
    await boxes.getByRole('link', { name: /^Nadia Benali/ }).press('Enter');
    await expect(boxes.getByRole('link', { name: /^Nadia Benali/ })).toHaveAttribute('aria-current', 'page');
    for (const to of await page.getByRole('article').locator('.to').allTextContents())
      expect(to).toContain(demo.nadia.email);
    await page.getByRole('link', { name: 'Français' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(page).toHaveURL(/who=nadia\.benali/);
    await page.getByRole('link', { name: 'Autres destinataires' }).click();
    await expect(page.getByRole('article').filter({ hasText: demo.nadia.email })).toHaveCount(0);
  });

  for (const lang of ['fr', 'en'])
    test(`has no fault that axe can see and fits 320 px (${lang})`, async ({ page, demo }) => {
      await sendCode(page, demo.nadia);
      await page.goto(`/demo/mailbox?lang=${lang}`);
      await expect(page.getByRole('article').first()).toBeVisible();
      await hasNoFault(page, lang);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await faults(page, COLOURS)).toEqual([]);
    });
});

async function sendCode(page: Page, person: Person): Promise<void> {
  await givePassword(page, person);
  await expect(heading(page, 'Saisir le code')).toBeVisible();
}
