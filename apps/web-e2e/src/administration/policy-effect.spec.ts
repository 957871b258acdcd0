import { holdsAsDialog, LAPTOP, layoutShift, NARROW, wholeInView } from '../harness/accessibility';
import { testWithPasskeys as test } from '../harness/passkey';
import { wantStrongMeans } from '../harness/people';
import { expect, HOUR, openStructureOf, openTab } from '../harness/test';

const DAY = 24 * HOUR;

test('rules show whom they would exclude, and the changes, before they are saved', async ({
  page,
  demo,
  server,
  somebody,
}) => {
  wantStrongMeans(server, somebody, { from: server.now + 200 * DAY, totpIsStrong: false });
  await openStructureOf(page, somebody, demo.national);
  await page.setViewportSize(LAPTOP);
  await openTab(page, 'Connexion');
  const date = page.getByLabel('Moyens forts obligatoires à partir du');
  const before = await date.inputValue();
  const sooner = new Date(server.now + 100 * DAY).toISOString().slice(0, 10);

  const dialog = page.getByRole('alertdialog', { name: 'Enregistrer ces règles ?' });
  await date.fill(sooner);
  await page.getByRole('button', { name: 'Enregistrer' }).press('Enter');
  await expect(dialog).toContainText('1 personne sur 1 n’a ni carte, ni e‑CPS, ni clé d’accès acceptée.');
  await expect(dialog).toContainText(/\d{4} → .*\d{4}/);
  await dialog.getByText('Voir qui ne pourrait plus se connecter').press('Enter');
  await expect(dialog.getByRole('link', { name: somebody.name })).toBeVisible();
  expect(await wholeInView(dialog.getByRole('button'))).toBe(2);
  await holdsAsDialog(page);
  await page.setViewportSize(NARROW);
  await dialog.getByRole('button', { name: 'Annuler' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Enregistrer' })).toBeFocused();
  await page.reload();
  await expect(date).toHaveValue(before);

  await page.setViewportSize(LAPTOP);
  await openTab(page, 'Connexion');
  await date.focus();
  const moved = await layoutShift(page);
  await date.fill('');
  await date.fill(sooner);
  await expect(page.getByText('Un bandeau prévient vos équipes')).toBeVisible();
  // The effect of the date is shown below everything else, and moves nothing.
  expect((await layoutShift(page)) - moved).toBeLessThanOrEqual(0.02);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByRole('button', { name: 'Confirmer les règles' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'Les changements sont enregistrés.' }),
  ).toBeFocused();
  await page.reload();
  await expect(date).toHaveValue(sooner);
});
