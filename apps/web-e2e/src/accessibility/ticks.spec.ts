import { LAPTOP, NARROW } from '../harness/accessibility';
import { expect, heading, openSignedIn, type Page, test } from '../harness/test';

test('a box is centred on the first line of its label', async ({ page, demo }) => {
  await openSignedIn(page, demo.nadia, '/administration/webhooks/nouveau');
  await expect(heading(page, 'Créer un webhook')).toBeVisible();
  for (const size of [LAPTOP, NARROW]) {
    await page.setViewportSize(size);
    const found = await offsets(page);
    expect(found.length).toBeGreaterThan(5);
    for (const pixels of found) expect(Math.abs(pixels)).toBeLessThan(1.5);
  }
});

/** By how many pixels the middle of each box lies under that of its label's first line. */
function offsets(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('main input:is([type=checkbox], [type=radio])')].map(
      (box) => {
        const text = document.createRange();
        text.selectNodeContents(box.labels![0]!);
        const line = text.getClientRects()[0]!;
        const { top, height } = box.getBoundingClientRect();
        return top + height / 2 - (line.top + line.height / 2);
      },
    ),
  );
}
