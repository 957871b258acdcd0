import { holds, holdsAsDialog, holdsInBothLanguages } from '../harness/accessibility';
import { testWithReceiver as test } from '../harness/receiver';
import { expect, heading, openSignedIn, type Page, MINUTE } from '../harness/test';

const LIST = '/administration/webhooks';

/** The focused element, reached by the Tab key alone. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole('button', { name, exact: true });
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`The keyboard does not reach ${name}`);
}

// Each worker would start a server of this kind for itself.
test.describe.configure({ mode: 'default' });

test.describe('a webhook', () => {
  test('is created by keyboard, shows its secret once, is tested, and lists the result of each delivery', async ({
    page,
    demo,
    receiver,
    server,
    anotherBrowser,
  }) => {
    test.slow();
    const name = `Annuaire ${Date.now()}`;
    await openSignedIn(page, demo.nadia, LIST);
    await page.getByRole('link', { name: 'Créer un webhook' }).focus();
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Créer un webhook')).toBeFocused();
    await page.getByLabel('Nom', { exact: true }).focus();
    await page.keyboard.type(name);
    await page.keyboard.press('Tab');
    await page.keyboard.type('https://10.0.0.1/portillon');
    await page.getByLabel('Une personne se connecte').focus();
    await page.keyboard.press('Space');
    await tabTo(page, 'Créer le webhook');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Cette adresse n’est pas sur l’internet public.')).toBeVisible();
    await expect(page.getByLabel('Adresse du programme')).toBeFocused();
    await holdsInBothLanguages(page);
    await page.getByLabel('Adresse du programme').fill(receiver.url);
    await page.keyboard.press('Enter');
    await expect(heading(page, `Le webhook ${name} est créé`)).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(page.getByText('Il n’est affiché qu’une fois')).toBeVisible();
    await expect(page.getByText(/^whsec_/)).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('link', { name: 'Continuer vers le webhook' }).click();
    await expect(heading(page, name)).toBeFocused();
    await expect(page.getByText('Aucun envoi pour le moment.')).toBeVisible();
    await expect(page.getByText(/^whsec_/)).toBeHidden();

    await tabTo(page, 'Envoyer un essai');
    await page.keyboard.press('Enter');
    await expect(page.getByText('L’essai est reçu. Le programme a répondu 204.')).toBeVisible();
    receiver.answer = 500;
    await page.getByRole('button', { name: 'Envoyer un essai' }).click();
    await expect(page.getByText('L’essai n’est pas reçu. Le programme a répondu 500.')).toBeVisible();
    await expect(page.getByRole('row', { name: /Non reçu, après 1.essai/ })).toBeVisible();
    await holdsInBothLanguages(page);

    receiver.answer = 204;
    await page.getByRole('button', { name: 'Renvoyer : Essai' }).first().click();
    await expect(page.getByRole('status').filter({ hasText: 'de nouveau en attente' })).toBeFocused();
    await expect.poll(() => receiver.taken.length, { timeout: 20_000 }).toBe(3);
    // The same delivery: its receiver knows it by its id.
    expect(receiver.taken[2]).toBe(receiver.taken[1]);
    await openSignedIn(await anotherBrowser(), demo.claire, '/');
    await server.advance(MINUTE);
    // Deliveries are written when the journal is sealed.
    await expect(async () => {
      await page.getByRole('button', { name: 'Actualiser' }).click();
      const row = page.getByRole('row', { name: /Une personne se connecte.*Reçu/ });
      await expect(row).toHaveCount(1, { timeout: 1_000 });
    }).toPass();
    await page.goto(LIST);
    await expect(page.getByRole('link', { name })).toBeVisible();
    await holdsInBothLanguages(page);
  });

  test('has its secret replaced after a fresh code, is disabled, enabled again and deleted', async ({
    page,
    demo,
    later,
    receiver,
  }) => {
    test.slow();
    const name = `Planning ${Date.now()}`;
    await openSignedIn(page, demo.national, `${LIST}/nouveau`);
    await page.getByLabel('Nom', { exact: true }).fill(name);
    await page.getByLabel('Adresse du programme').fill(receiver.url);
    await page.getByLabel('Un compte est créé').check();
    await page.getByRole('button', { name: 'Créer le webhook' }).click();
    await page.getByRole('link', { name: 'Continuer vers le webhook' }).click();
    await expect(page.getByText('Tout le service')).toBeVisible();

    await later(6 * MINUTE);
    await page.getByRole('button', { name: 'Remplacer le secret' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await holdsAsDialog(page);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remplacer' }).click();
    const stepUp = page.getByRole('dialog');
    await expect(stepUp.getByRole('textbox')).toBeFocused();
    await stepUp.getByRole('textbox').fill(await demo.national.codeByMail());
    await stepUp.getByRole('button', { name: 'Valider' }).click();
    await expect(page.getByText(/^whsec_/)).toBeVisible();
    await expect(page.getByText('L’ancien secret signe aussi')).toBeVisible();
    await holds(page);

    await page.getByRole('button', { name: 'Désactiver' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Désactiver' }).click();
    await expect(page.getByText('Le webhook est désactivé.', { exact: true })).toBeVisible();
    await expect(page.getByText('réactivez‑le pour envoyer un essai')).toBeVisible();
    await holds(page);
    await page.getByRole('button', { name: 'Réactiver' }).click();
    await expect(page.getByText('Le webhook est de nouveau en service.')).toBeVisible();
    await page.getByRole('button', { name: 'Supprimer' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Supprimer' }).click();
    await expect(page.getByText(`Le webhook ${name} est supprimé.`)).toBeVisible();
    await expect(page.getByRole('link', { name })).toHaveCount(0);
  });
});
