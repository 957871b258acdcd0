import { holdsInBothLanguages, LAPTOP } from '../harness/accessibility';
import { expect, openSignedIn, test } from '../harness/test';

test('an administrator chooses the mail of Monday, and stops it, by the keyboard', async ({ page, demo }) => {
  await page.setViewportSize(LAPTOP);
  await openSignedIn(page, demo.nadia, '/mon-compte');
  const choice = page.getByRole('checkbox', { name: /^Recevoir chaque lundi/ });
  await choice.press('Space');
  await expect(page.getByRole('status').filter({ hasText: 'chaque lundi' })).toBeFocused();
  await page.reload();
  await expect(choice).toBeChecked();
  await holdsInBothLanguages(page);
  await choice.press('Space');
  await expect(page.getByRole('status').filter({ hasText: 'ne recevez plus' })).toBeFocused();
  await expect(choice).not.toBeChecked();
});

test('nobody else is offered it, or asks for it', async ({ page, somebody }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await openSignedIn(page, somebody, '/mon-compte');
  await expect(page.getByRole('heading', { name: 'Langue' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^Recevoir chaque lundi/ })).toHaveCount(0);
  expect(asked.filter((path) => path.startsWith('/api/admin'))).toEqual([]);
});
