import { faults, fits, NARROW, widerThanTheScreen } from '../harness/accessibility';
import { expect, heading, test } from '../harness/test';

test('the documentation of the API opens, and asks nothing elsewhere', async ({ page }) => {
  await page.goto('/api/docs');
  await expect(page.getByText('/api/sign-in/password')).toBeVisible();
  await page.getByText('/api/sign-in/password').click();
  await expect(page.getByText('credentials.rejected').first()).toBeVisible();
});

test('the documentation of the API has no fault, closed and open, on a telephone too', async ({ page }) => {
  await page.goto('/api/docs');
  const operation = page.getByText('/api/sign-in/password');
  await expect(operation).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await operation.click();
  await expect(page.getByText('credentials.rejected').first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.setViewportSize(NARROW);
  await fits(page, 'the documentation');
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
