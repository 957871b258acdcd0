import { faults, fits, widerThanTheScreen } from './harness/accessibility';
import { expect, givePassword, heading, test } from './harness/test';

test.describe('the demo mailbox', () => {
  test('shows a mail as it comes, in its page and as data', async ({ page, demo, context }) => {
    await page.goto('/demo/mailbox');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Boîte aux lettres de démonstration');
    const signIn = await context.newPage();
    await givePassword(signIn, demo.nadia);
    await expect(heading(signIn, 'Saisir le code')).toBeVisible();
    const code = await demo.nadia.codeByMail();
    // Others are told of their own sign-ins meanwhile.
    const mail = page.getByRole('article').filter({ hasText: demo.nadia.email }).first();
    await expect(mail).toContainText(code);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`has no fault that axe can see and fits 320 px, ${colorScheme}`, async ({ page, demo }) => {
      await givePassword(page, demo.nadia);
      await expect(heading(page, 'Saisir le code')).toBeVisible();
      await page.emulateMedia({ colorScheme });
      await page.goto('/demo/mailbox');
      expect(await faults(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 256 });
      await fits(page);
    });
});

test('the documentation of the API opens, and asks nothing elsewhere', async ({ page }) => {
  await page.goto('/api/docs');
  await expect(page.getByText('/api/sign-in/password')).toBeVisible();
  await page.getByText('/api/sign-in/password').click();
  await expect(page.getByText('credentials.rejected').first()).toBeVisible();
});

test.describe('these tests', () => {
  test('see a fault when there is one', async ({ page }) => {
    await page.goto('/mentions-legales');
    await expect(heading(page, 'Mentions légales')).toBeVisible();
    await page.evaluate(() => document.querySelector('main')!.append(document.createElement('button')));
    expect(await faults(page)).toEqual([expect.stringMatching(/^button-name:/)]);
    await page.evaluate(() =>
      (document.querySelector('main button') as HTMLElement).style.setProperty('width', '2000px'),
    );
    await page.setViewportSize({ width: 320, height: 256 });
    expect(await widerThanTheScreen(page)).not.toEqual([]);
  });

  test('hear a page that speaks to another site, or breaks the rules of its content', async ({
    page,
    complaints,
  }) => {
    await page.goto('/mentions-legales');
    await page.evaluate(() => {
      document.head.append(Object.assign(document.createElement('script'), { textContent: 'void 0' }));
      void fetch('https://elsewhere.example/').catch(() => undefined);
    });
    await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(2);
    expect(complaints.join('\n')).toContain('Content Security Policy');
    complaints.length = 0;
  });
});
