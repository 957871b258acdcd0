import { holdsAsDialog, holdsInBothLanguages, holdsInForcedColours, LAPTOP } from '../harness/accessibility';
import { newPerson, showChange } from '../harness/people';
import { expect, openSignedIn, test } from '../harness/test';

test('a référent sets aside what the directory shows, or applies it, by the keyboard', async ({
  page,
  demo,
  server,
}) => {
  const person = newPerson(server);
  showChange(server, person, 'inactive');
  showChange(server, person, 'renamed', {
    givenName: 'CLAIRE-ÉMILIE',
    familyName: 'DE LA ROCHEFOUCAULD-MARTIN',
  });
  await page.setViewportSize(LAPTOP);
  await openSignedIn(page, demo.nadia, '/');
  const rows = page.getByRole('listitem').filter({ hasText: 'Annuaire Santé' });
  await expect(rows).toHaveCount(2);
  await holdsInBothLanguages(page);
  await holdsInForcedColours(page);

  const setAside = rows.filter({ hasText: 'n’exerce plus' }).getByRole('button', { name: /^Mettre de côté/ });
  await setAside.press('Enter');
  const dialog = page.getByRole('dialog');
  await holdsAsDialog(page);
  await page.keyboard.press('Escape');
  await expect(setAside).toBeFocused();
  await setAside.press('Enter');
  await dialog.getByRole('textbox').fill('Elle exerce toujours ici');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Le changement est mis de côté.' })).toBeFocused();
  await expect(rows).toHaveCount(1);

  await rows.getByRole('button', { name: /^Appliquer/ }).press('Enter');
  await dialog.getByRole('button', { name: 'Appliquer' }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Le changement est appliqué.' })).toBeFocused();
  await expect(rows).toHaveCount(0);
});
