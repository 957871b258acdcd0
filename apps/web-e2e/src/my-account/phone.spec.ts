import { holdsAsDialog, standsBeside } from '../harness/accessibility';
import type { Person } from '../harness/people';
import { wrong } from '../harness/people';
import {
  arrived,
  expect,
  giveCode,
  giveMailedCode,
  givePassword,
  heading,
  MINUTE,
  openSignedIn,
  type Page,
  signIn,
  test,
  timeInParis,
} from '../harness/test';

test.describe('« Mon compte »', () => {
  test('lets a person prove a mobile, prefer SMS, and sign in by it', async ({
    page,
    somebody,
    server,
    anotherBrowser,
  }) => {
    await signIn(page, somebody);
    await page.getByRole('button', { name: 'Administration' }).click();
    const menu = page.getByRole('navigation', { name: 'Menu principal' });
    await menu.getByRole('link', { name: 'Mon compte', exact: true }).click();
    await expect(heading(page, 'Mon compte')).toBeFocused();
    await expect(
      page.getByText(
        'Pour vous connecter en recevant un code par SMS, veuillez renseigner le champ ci‑dessous. Ce numéro ne sera utilisé que dans ce cadre.',
      ),
    ).toBeVisible();
    const preference = page.getByRole('group', { name: 'Préférence réception de code OTP' });
    await expect(preference.getByLabel('EMAIL')).toBeChecked();
    await expect(preference.getByLabel('SMS')).toBeDisabled();

    await page.getByLabel('Téléphone portable').fill(somebody.mobileAsTyped);
    await expect(page.getByText('(Non validé)')).toBeVisible();
    await page.getByRole('button', { name: 'Vérifier' }).click();

    const dialog = page.getByRole('dialog', { name: 'Validation de votre numéro de téléphone portable' });
    await expect(dialog.getByRole('textbox', { name: 'Code' })).toBeFocused();
    const [sms] = await server.messagesTo(somebody.mobile);
    await expect(
      dialog.getByText(`Un code OTP vous a été envoyé par SMS à ${timeInParis(sms!.sentAt)}`),
    ).toBeVisible();
    await expect(
      dialog.getByText('Veuillez saisir ci‑dessous le code que vous avez reçu par SMS'),
    ).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Fermer' })).toBeVisible();
    await dialog.getByLabel('Code', { exact: true }).fill(await somebody.codeBySms());
    await dialog.getByRole('button', { name: 'Valider' }).click();

    await expect(dialog.getByText('Votre numéro est validé.')).toBeVisible();
    await holdsAsDialog(page);
    await dialog.getByRole('button', { name: 'Recevoir mes codes par SMS' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Validé', { exact: true })).toBeVisible();
    const saved = page.getByText('Vos choix sont enregistrés.');
    await expect(saved).toBeVisible();
    await standsBeside(saved, page.getByRole('button', { name: 'Enregistrer' }));
    await page.reload();
    await expect(preference.getByLabel('SMS')).toBeChecked();

    const elsewhere = await anotherBrowser();
    await givePassword(elsewhere, somebody);
    await expect(elsewhere.getByText(/Un code OTP vous a été envoyé par SMS à \d\d:\d\d/)).toBeVisible();
    await giveCode(elsewhere, await somebody.codeBySms());
    await arrived(elsewhere, somebody);
  });

  for (const [typed, to] of [
    ['06 12 34 56 78', '+33612345678'],
    // One of those that ARCEP keeps for fiction, as the demo's people have.
    ['06 39 98 12 43', '+33639981243'],
    ['0692 12 34 56', '+262692123456'],
    ['+262 692 12 34 57', '+262692123457'],
    ['0690.00.12.34', '+590690001234'],
  ] as const)
    test(`accepts a number typed as ${typed}`, async ({ page, somebody, server }) => {
      await openSignedIn(page, somebody, '/mon-compte');
      await askForProof(page, typed);
      await expect(page.getByRole('dialog').getByText(/par SMS à \d\d:\d\d/)).toBeVisible();
      expect(await server.messagesTo(to)).toHaveLength(1);
    });

  for (const [typed, why] of [
    ['01 23 45 67 89', 'Ce numéro n’est pas celui d’un téléphone portable.'],
    ['06 12', 'Ce numéro n’existe pas.'],
    ['+44 7400 123456', 'Les numéros de ce pays ne sont pas acceptés.'],
  ] as const)
    test(`says why it refuses ${typed}`, async ({ page, somebody }) => {
      await openSignedIn(page, somebody, '/mon-compte');
      await askForProof(page, typed);
      const field = page.getByLabel('Téléphone portable');
      await expect(page.getByRole('alert')).toContainText(why);
      await expect(field).toBeFocused();
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByRole('dialog')).toBeHidden();
    });

  test('refuses the preference for SMS before the number is verified, whatever is sent', async ({
    page,
    somebody,
  }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await page.getByLabel('Téléphone portable').fill(somebody.mobileAsTyped);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Votre numéro est enregistré, mais il n’est pas validé.')).toBeVisible();
    await expect(page.getByLabel('SMS', { exact: true })).toBeDisabled();
    const forced = await page.request.patch('/api/account', { data: { codeChannel: 'SMS' } });
    expect(forced.status()).toBe(409);
    expect(await forced.json()).toMatchObject({ code: 'channel.unavailable' });
  });

  test('removes the verification and the preference when the number changes', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await proveAndPrefer(page, somebody);
    await page.getByLabel('Téléphone portable').fill('0692 00 00 01');
    await expect(page.getByText('(Non validé)')).toBeVisible();
    await expect(page.getByLabel('SMS', { exact: true })).toBeDisabled();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Votre numéro est enregistré, mais il n’est pas validé.')).toBeVisible();
    await page.reload();
    await expect(page.getByText('(Non validé)')).toBeVisible();
    await expect(page.getByLabel('EMAIL', { exact: true })).toBeChecked();
    await expect(page.getByLabel('SMS', { exact: true })).toBeDisabled();
  });

  test('erases the number when asked, and mail is back', async ({ page, somebody, anotherBrowser }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await proveAndPrefer(page, somebody);
    await page.getByRole('button', { name: 'Supprimer ce numéro' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Supprimer votre numéro ?' });
    await dialog.getByRole('button', { name: 'Supprimer ce numéro' }).click();
    await expect(page.getByText('Votre numéro est supprimé. Vos codes arriveront par e‑mail.')).toBeVisible();
    await expect(page.getByLabel('Téléphone portable')).toHaveValue('');
    await expect(page.getByLabel('Téléphone portable')).toBeFocused();

    const elsewhere = await anotherBrowser();
    await givePassword(elsewhere, somebody);
    await giveMailedCode(elsewhere, somebody);
    await arrived(elsewhere, somebody);
  });

  test('shows a number only in part', async ({ page, demo }) => {
    await openSignedIn(page, demo.paul, '/mon-compte');
    await expect(page.getByLabel('Téléphone portable')).toHaveValue('06 •• •• •• 42');
    expect(await page.content()).not.toMatch(/98\s*12\s*42/);
  });
});

test.describe('the proof of a number', () => {
  test('says how many tries are left, sends again, and may be put off', async ({
    page,
    somebody,
    server,
    later,
  }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await askForProof(page, somebody.mobileAsTyped);
    const dialog = page.getByRole('dialog');
    const field = dialog.getByRole('textbox', { name: 'Code' });
    await expect(field).toBeFocused();
    await field.fill(wrong(await somebody.codeBySms()));
    await dialog.getByRole('button', { name: 'Valider' }).click();
    await expect(dialog.getByText('Il vous reste 4 essais.')).toBeVisible();

    await later(MINUTE + 1_000);
    await dialog.getByRole('button', { name: 'Envoyer un nouveau code' }).click();
    await expect(dialog.getByText('Si vous avez plusieurs messages')).toBeVisible();

    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'Vérifier' })).toBeFocused();
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await field.fill(await somebody.codeBySms());
    await field.press('Enter');
    await expect(dialog.getByText('Votre numéro est validé.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Fermer' }).click();
    await expect(page.getByLabel('EMAIL', { exact: true })).toBeFocused();
    await expect(page.getByText('Validé', { exact: true })).toBeVisible();
    expect(await server.messagesTo(somebody.mobile)).toHaveLength(2);
  });

  test('keeps the keyboard within the dialog', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await askForProof(page, somebody.mobileAsTyped);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('textbox', { name: 'Code' })).toBeFocused();
    for (let turn = 0; turn < 8; turn++) {
      await page.keyboard.press('Tab');
      await expect(dialog.locator(':focus')).toHaveCount(1);
    }
  });
});

test.describe('a code by SMS', () => {
  test('that does not arrive leaves mail one click away', async ({ page, somebody, anotherBrowser }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await proveAndPrefer(page, somebody);
    const elsewhere = await anotherBrowser();
    await givePassword(elsewhere, somebody);
    await expect(elsewhere.getByText(/envoyé par SMS à/)).toBeVisible();
    await expect(elsewhere.getByText(/ouvrir votre messagerie sur chaque ordinateur/)).toBeHidden();
    await elsewhere.getByRole('button', { name: 'Recevoir le code par e‑mail' }).click();
    await expect(elsewhere.getByText(/envoyé par e‑mail à/)).toBeVisible();
    await giveMailedCode(elsewhere, somebody);
    await arrived(elsewhere, somebody);
  });
});

async function askForProof(page: Page, number: string): Promise<void> {
  await page.getByLabel('Téléphone portable').fill(number);
  await page.getByRole('button', { name: 'Vérifier' }).click();
}

async function proveAndPrefer(page: Page, person: Person): Promise<void> {
  await askForProof(page, person.mobileAsTyped);
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Code' });
  await expect(field).toBeFocused();
  await field.fill(await person.codeBySms());
  await field.press('Enter');
  await expect(page.getByRole('dialog').getByText('Votre numéro est validé.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  await expect(page.getByText('Validé', { exact: true })).toBeVisible();
  await page.getByLabel('SMS', { exact: true }).check();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Vos choix sont enregistrés.')).toBeVisible();
}
