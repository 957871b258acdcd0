import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Server } from '../harness/server';
import { expect, givePassword, heading, MINUTE, type Page, test, timeInParis } from '../harness/test';
import { compress } from './shoot';

const FILE = join(__dirname, '../../../../docs/screenshot.png');
const PAGE = { width: 720, height: 860 };
const SHOWN_WIDTH = 625;
const MOST_BYTES = 200_000;
const TIME = '16:39';

/** The picture of the README: the sign-in page, and beside it the code step. */
test('the sign-in page and the code step, side by side', async ({ page, demo, server }) => {
  await waitUntil(server, TIME);
  await page.setViewportSize(PAGE);
  await page.goto('/connexion');
  await page.getByLabel('Identifiant', { exact: true }).fill(demo.claire.username);
  await page.getByLabel('Mot de passe', { exact: true }).fill('not shown anyway');
  const first = await shoot(page);
  await givePassword(page, demo.claire);
  await expect(heading(page, 'Saisir le code')).toBeVisible();
  const second = await shoot(page);

  await page.goto('about:blank');
  await page.setViewportSize({
    width: 1280,
    height: Math.round((PAGE.height * SHOWN_WIDTH) / PAGE.width) + 20,
  });
  await page.setContent(`<body style="margin: 10px; display: flex; gap: 10px; background: #8fa29e">
    <img src="${first}" width="${SHOWN_WIDTH}"><img src="${second}" width="${SHOWN_WIDTH}"></body>`);
  await page
    .locator('img')
    .last()
    .evaluate((image: HTMLImageElement) => image.decode());
  await page.screenshot({ path: FILE });
  compress(FILE);
  expect(readFileSync(FILE).length).toBeLessThan(MOST_BYTES);
});

/** At most a day, a minute at a time. */
async function waitUntil(server: Server, time: string): Promise<void> {
  const answer = await fetch(`${server.url}/health/live`);
  const now = Date.parse(answer.headers.get('date')!);
  let wait = 0;
  while (timeInParis(new Date(now + wait).toISOString()) !== time) wait += MINUTE;
  await server.advance(wait);
}

async function shoot(page: Page): Promise<string> {
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  return `data:image/png;base64,${picture.toString('base64')}`;
}
