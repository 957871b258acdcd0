import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LAPTOP, NARROW } from '../harness/accessibility';
import { expect, type Page } from '../harness/test';

const ALBUM = join(__dirname, '../../../../tmp/pictures');

/** The page on a laptop and on a telephone, in `tmp/pictures`. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(ALBUM, { recursive: true });
  await page.waitForLoadState('networkidle');
  for (const size of [NARROW, LAPTOP]) {
    await page.setViewportSize(size);
    // A dialog lies over the screen, not over the whole page.
    const fullPage = (await page.getByRole('dialog').or(page.getByRole('alertdialog')).count()) === 0;
    const path = join(ALBUM, `${name.replace(/\W+/g, '-')}-${size.width}.png`);
    await page.screenshot({ path, fullPage });
  }
}

/** In French, then in English; the page stays in French. */
export async function shootInBoth(page: Page, name: string): Promise<void> {
  await shoot(page, `fr-${name}`);
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await shoot(page, `en-${name}`);
  await page.getByRole('button', { name: 'Français', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
}

/** A picture of few colours is a third as large. @throws Error where `apt-get install pngquant` was not run. */
export function compress(path: string): void {
  execFileSync('pngquant', ['--quality', '70-100', '--strip', '--force', '--output', path, path]);
}
