import { hasNoFault, holdsAsDialog, holdsInBothLanguages, LAPTOP } from '../harness/accessibility';
import { newDueForErasure, newPerson } from '../harness/people';
import { expect, heading, openSignedIn, test } from '../harness/test';

const LIST = '/administration/comptes';

test.describe('erasing a person who asked by letter', () => {
  test('is noted by one administrator, and erased by another who reads when and how they asked', async ({
    page,
    demo,
    server,
    anotherBrowser,
  }) => {
    test.slow();
    const person = newPerson(server);
    await page.setViewportSize(LAPTOP);
    await openSignedIn(page, demo.nadia, LIST);
    await page.getByLabel('Chercher une personne').fill(person.username);
    await page.getByRole('link', { name: person.name }).click();
    await expect(heading(page, person.name)).toBeFocused();
    await page.getByRole('button', { name: 'Noter une demande d’effacement' }).click();
    await holdsAsDialog(page);
    await page.getByRole('button', { name: 'Noter la demande' }).click();
    await expect(page.getByText('Écrivez comment la demande est arrivée')).toBeVisible();
    await page.getByLabel('Motif').fill('Lettre recommandée');
    await page.getByRole('button', { name: 'Noter la demande' }).click();
    await expect(page.getByText('La demande est notée')).toBeVisible();
    await expect(page.getByText('Effacement en attente, demandé par Nadia Benali')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Confirmer l’effacement' })).toHaveCount(0);
    await holdsInBothLanguages(page);

    const second = await anotherBrowser();
    await openSignedIn(second, demo.national, new URL(page.url()).pathname);
    await expect(second.getByText('Lettre recommandée (reçu le')).toBeVisible();
    await second.getByRole('button', { name: 'Confirmer l’effacement' }).click();
    await second.getByRole('alertdialog').getByRole('button', { name: 'Effacer pour toujours' }).click();
    await expect(second.getByText('Les données sont effacées.')).toBeVisible();
    await expect(second.getByText(person.email)).toHaveCount(0);
    await expect(second.getByRole('button', { name: 'Réactiver le compte' })).toHaveCount(0);
  });

  test('has their data exported, for a reason', async ({ page, demo, server }) => {
    const person = newPerson(server);
    await page.setViewportSize(LAPTOP);
    await openSignedIn(page, demo.nadia, LIST);
    await page.getByLabel('Chercher une personne').fill(person.username);
    await page.getByRole('link', { name: person.name }).click();
    await page.getByRole('button', { name: 'Exporter ses données' }).click();
    await holdsAsDialog(page);
    await page.getByLabel('Motif').fill('Lettre recommandée');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exporter', exact: true }).click();
    expect((await download).suggestedFilename()).toBe(`portillon-donnees-${person.username}.json`);
    await expect(page.getByText('Le fichier est enregistré.')).toBeVisible();
  });
});

test.describe('an account that is soon erased', () => {
  test('is shown at home and in the list with its date, and stays when it is opened again', async ({
    page,
    demo,
    server,
  }) => {
    const person = newDueForErasure(server);
    await page.setViewportSize(LAPTOP);
    await openSignedIn(page, demo.nadia, '/');
    const row = page.getByRole('listitem').filter({ hasText: person.name });
    await expect(row).toContainText('Effacement proche');
    await hasNoFault(page, 'accueil');
    await page.goto(`${LIST}?only=ERASURE_DUE`);
    await expect(page.getByRole('columnheader', { name: 'Effacé le' })).toBeVisible();
    await expect(page.getByRole('link', { name: person.name })).toBeVisible();
    await hasNoFault(page, 'comptes-a-effacer');
    await page.getByRole('link', { name: person.name }).click();
    await expect(page.getByText('Le réactiver arrête l’effacement.')).toBeVisible();
    await hasNoFault(page, 'compte-a-effacer');
    await page.getByRole('button', { name: 'Réactiver le compte' }).click();
    await page.getByRole('button', { name: 'Réactiver', exact: true }).click();
    await expect(page.getByText('Le compte est réactivé.')).toBeVisible();
    await expect(page.getByText('arrête l’effacement')).toHaveCount(0);
  });
});
