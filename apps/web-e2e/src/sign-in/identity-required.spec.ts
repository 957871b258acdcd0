import { faults, holds, holdsInBothLanguages, LAPTOP, NARROW } from '../harness/accessibility';
import { wantVerifiedIdentities } from '../harness/people';
import {
  expect,
  givePassword,
  heading,
  HOUR,
  openSignedIn,
  openStructureOf,
  openTab,
  test,
} from '../harness/test';

const DAY = 24 * HOUR;

test.describe('a structure that wants identities verified from a date on', () => {
  test.use({ expected: /403/ });

  test('says the date from 30 days before it, and how an identity is verified', async ({
    page,
    server,
    somebody,
  }) => {
    wantVerifiedIdentities(server, somebody, server.now + 20 * DAY);
    await openSignedIn(page, somebody, '/');
    await page.setViewportSize(LAPTOP);
    const banner = page.getByText('L’identité de votre compte n’est pas vérifiée');
    await expect(banner).toContainText('Connectez‑vous une fois par e‑CPS ou par carte');
    await holdsInBothLanguages(page);
    await page.setViewportSize(NARROW);
    expect(await faults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Rattacher une carte ou une e‑CPS' }).press('Enter');
    await expect(heading(page, 'Mon compte')).toBeVisible();
  });

  test('refuses the password afterwards, and shows what to do', async ({ page, server, somebody }) => {
    wantVerifiedIdentities(server, somebody, server.now - DAY);
    await page.setViewportSize(LAPTOP);
    await givePassword(page, somebody);
    await expect(page.getByRole('alert')).toContainText(
      'voyez en personne l’administrateur de votre structure',
    );
    await holds(page);
    await page.setViewportSize(NARROW);
    expect(await faults(page)).toEqual([]);
    expect(await server.messagesTo(somebody.email)).toEqual([]);
  });

  test('says whom it would keep out before it is saved', async ({ page, demo, server, somebody }) => {
    wantVerifiedIdentities(server, somebody, server.now + 200 * DAY);
    await openStructureOf(page, somebody, demo.national);
    await page.setViewportSize(LAPTOP);
    const sooner = new Date(server.now + 100 * DAY).toISOString().slice(0, 10);
    await openTab(page, 'Connexion');
    await page.getByLabel('Identité vérifiée obligatoire à partir du').fill(sooner);
    await expect(page.getByText('Un bandeau prévient les personnes concernées')).toBeVisible();
    await expect(
      page.getByText('1 personne sur 1 n’a ni identité vérifiée, ni carte, ni e‑CPS.'),
    ).toBeVisible();
    await holds(page);
    await page.setViewportSize(NARROW);
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize(LAPTOP);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Enregistrer ces règles ?' });
    await expect(dialog).toContainText('1 personne sur 1 n’a ni identité vérifiée, ni carte, ni e‑CPS.');
    await dialog.getByRole('button', { name: 'Confirmer les règles' }).click();
    await expect(
      page.getByRole('status').filter({ hasText: 'Les changements sont enregistrés.' }),
    ).toBeFocused();
  });
});
