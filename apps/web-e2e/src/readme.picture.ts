import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, givePassword, heading, type Page, test } from './harness/test';

const FILE = join(__dirname, '../../../docs/screenshot.png');
const PAGE = { width: 620, height: 760 };

/** The picture of the README: the sign-in page, and beside it the code step. */
test('the sign-in page and the code step, side by side', async ({ page, demo }) => {
  await page.setViewportSize(PAGE);
  await page.goto('/connexion');
  await page.getByLabel('Identifiant', { exact: true }).fill(demo.claire.username);
  await page.getByLabel('Mot de passe', { exact: true }).fill('••••••••••••••••');
  const first = await shoot(page);
  await givePassword(page, demo.claire);
  await expect(heading(page, 'Saisir le code')).toBeVisible();
  const second = await shoot(page);

  await page.goto('about:blank');
  await page.setViewportSize({ width: 1280, height: PAGE.height + 20 });
  await page.setContent(`<body style="margin:10px;display:flex;gap:20px;background:#8fa29e">
    <img src="${first}" width="620"><img src="${second}" width="620"></body>`);
  await page
    .locator('img')
    .last()
    .evaluate((image: HTMLImageElement) => image.decode());
  await page.screenshot({ path: FILE });
  expect(readFileSync(FILE).length).toBeLessThan(200_000);
});

async function shoot(page: Page): Promise<string> {
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  return `data:image/png;base64,${picture.toString('base64')}`;
}
