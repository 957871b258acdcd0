import { readFileSync } from 'node:fs';
import { faults, fitsInBothLanguages, holdsInBothLanguages } from '../harness/accessibility';
import { Person } from '../harness/people';
import { expect, giveCode, giveMailedCode, givePassword, heading, openSignedIn, test } from '../harness/test';

test.describe('the mail address', () => {
  test('changes once its code is given; the old one is notified, codes go to the new one', async ({
    page,
    somebody,
    server,
  }) => {
    const moved = new Person(server, somebody.username, `moved.${somebody.email}`, somebody.name, '');
    await openSignedIn(page, somebody, '/mon-compte');
    const address = page.getByRole('region', { name: 'Adresse e‑mail' });
    await address.getByText('Changer d’adresse').click();
    await address.getByLabel('Nouvelle adresse e‑mail').fill(moved.email);
    await address.getByRole('button', { name: 'Changer l’adresse' }).click();
    const dialog = page.getByRole('dialog', { name: 'Vérification de votre nouvelle adresse' });
    await expect(dialog.getByRole('textbox')).toBeFocused();
    // In clear: the person has just typed it, and the former one has the same mask.
    await expect(dialog).toContainText(moved.email);
    await expect(dialog).not.toContainText('•••');
    expect(await faults(page)).toEqual([]);
    // Closed by mistake: the code that was sent still serves.
    await dialog.getByRole('button', { name: 'Fermer' }).click();
    await address.getByRole('button', { name: 'Changer l’adresse' }).click();
    await giveCode(page, await moved.codeByMail());
    await expect(address.getByText(`Votre adresse est maintenant ${moved.email}.`)).toBeVisible();
    expect(await server.messagesTo(moved.email)).toHaveLength(1);
    await expect
      .poll(async () => (await server.everythingTo(somebody.email)).map(({ subject }) => subject).join())
      .toContain('adresse');

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await givePassword(page, somebody);
    await giveMailedCode(page, moved);
    await expect(heading(page, `Bonjour ${somebody.name}`)).toBeVisible();
  });

  test('that is invalid is refused at its field, and no message is sent', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await page.getByText('Changer d’adresse').click();
    const field = page.getByLabel('Nouvelle adresse e‑mail');
    await page.getByRole('button', { name: 'Changer l’adresse' }).click();
    await expect(page.getByText('Saisissez la nouvelle adresse.')).toBeVisible();
    await field.fill('claire.martin');
    await page.getByRole('button', { name: 'Changer l’adresse' }).click();
    await expect(page.getByText('Cette adresse n’est pas complète.')).toBeVisible();
    await expect(field).toBeFocused();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});

test.describe('« Mes données »', () => {
  test('are exported as one file, and the page contains none of them', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await page.getByRole('link', { name: 'Mes données' }).click();
    await expect(heading(page, 'Mes données')).toBeFocused();
    await fitsInBothLanguages(page);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Télécharger le fichier' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('portillon-mes-donnees.json');
    const data = JSON.parse(readFileSync(await file.path(), 'utf8')) as {
      account: { email: string };
      activity: object[];
    };
    expect(data.account.email).toBe(somebody.email);
    expect(data.activity.length).toBeGreaterThan(0);
    await expect(page.getByText('Le fichier est téléchargé.')).toBeVisible();
    expect(await page.content()).not.toContain(somebody.email);
  });

  test('have an erasure request, which is withdrawn', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/mon-compte/donnees');
    await page.getByRole('button', { name: 'Demander l’effacement' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Demander l’effacement de votre compte ?' });
    await expect(dialog).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Annuler' }).click();
    await expect(page.getByRole('button', { name: 'Demander l’effacement' })).toBeFocused();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Demander l’effacement' }).click();
    await expect(page.getByText('Votre demande est enregistrée.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Effacer mon compte' })).toBeFocused();
    await holdsInBothLanguages(page);
    await page.reload();
    await expect(page.getByText('Vous avez demandé l’effacement de votre compte le')).toBeVisible();
    await page.getByRole('button', { name: 'Retirer ma demande' }).click();
    await expect(page.getByText('Votre demande est retirée')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Demander l’effacement' })).toBeVisible();
  });
});
