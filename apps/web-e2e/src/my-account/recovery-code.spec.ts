import { holdsAsDialog, holdsInBothLanguages, LAPTOP, NARROW } from '../harness/accessibility';
import { plugIn, testWithPasskeys as test } from '../harness/passkey';
import { expect, givePassword, heading, MINUTE, openSignedIn, type Page } from '../harness/test';

const CREATE = 'Créer des codes de secours';
const ADD = 'Ajouter une clé d’accès';
const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/;

const sectionOf = (page: Page) => page.getByRole('region', { name: 'Codes de secours' });
const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'Vos codes de secours' });
const codesOf = (page: Page) => sheetOf(page).getByRole('listitem').allInnerTexts();

test.describe('recovery codes', () => {
  test.use({ expected: /401|403|422/ });

  test('are made, printed alone on a sheet, and add a passkey to an account whose means are lost', async ({
    page,
    somebody,
    anotherBrowser,
  }) => {
    test.slow();
    await openSignedIn(page, somebody, '/mon-compte');
    await sectionOf(page).getByRole('button', { name: CREATE }).press('Enter');
    await expect(sheetOf(page).getByRole('button', { name: 'Imprimer' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(sheetOf(page).getByText('Ils ne seront plus affichés')).toBeVisible();
    const codes = await codesOf(page);
    expect(codes).toHaveLength(10);
    for (const code of codes) expect(code).toMatch(CODE);
    await holdsAsDialog(page);
    await page.setViewportSize(NARROW);
    expect(
      await sheetOf(page)
        .locator('ol')
        .evaluate((list) => list.scrollWidth - list.clientWidth),
    ).toBe(0);
    await page.setViewportSize(LAPTOP);
    await holdsOnItsSheet(page, somebody.username);
    await sheetOf(page).getByRole('button', { name: 'J’ai gardé mes codes' }).click();
    await expect(sectionOf(page).getByText('Il vous reste 10 codes')).toBeVisible();
    for (const code of codes) await expect(page.getByText(code)).toHaveCount(0);
    await holdsInBothLanguages(page);

    const elsewhere = await anotherBrowser();
    const key = await plugIn(elsewhere);
    await givePassword(elsewhere, somebody);
    await elsewhere.getByRole('button', { name: 'Utiliser un code de secours' }).press('Enter');
    const field = elsewhere.getByLabel('Code de secours');
    await expect(field).toBeFocused();
    await elsewhere.keyboard.type('0000-0000-0000-0000-0000-0000');
    await elsewhere.keyboard.press('Enter');
    await expect(elsewhere.getByText('Ce code n’est pas le bon')).toBeVisible();
    await expect(field).toBeFocused();
    await holdsInBothLanguages(elsewhere);
    await field.fill(codes[4]!.toLowerCase().replaceAll('-', ' '));
    await elsewhere.keyboard.press('Enter');
    await expect(heading(elsewhere, 'Ajoutez un moyen de connexion')).toBeVisible();
    await expect(elsewhere.getByText('Vous avez utilisé un code de secours')).toBeVisible();
    await holdsInBothLanguages(elsewhere);
    await elsewhere.goto('/mon-compte/connexions');
    await expect(heading(elsewhere, 'Ajoutez un moyen de connexion')).toBeVisible();
    await key.touch(true);
    await elsewhere.getByRole('button', { name: ADD }).press('Enter');
    await elsewhere.getByLabel('Nom de la clé d’accès').fill('Clé de secours');
    await elsewhere.keyboard.press('Enter');
    await expect(elsewhere.getByText('Déconnectez‑vous, puis connectez‑vous avec elle')).toBeVisible();
  });

  test('are asked the password for once the sign-in is old, replaced and deleted', async ({
    page,
    somebody,
    later,
  }) => {
    test.slow();
    await openSignedIn(page, somebody, '/mon-compte');
    await later(6 * MINUTE);
    await sectionOf(page).getByRole('button', { name: CREATE }).click();
    const stepUp = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
    await expect(stepUp.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await stepUp.getByRole('textbox', { name: 'Code' }).fill(await somebody.codeByMail());
    await page.keyboard.press('Enter');
    const proof = page.getByRole('dialog', { name: 'Confirmer que c’est vous' });
    await expect(proof.getByLabel('Mot de passe', { exact: true })).toBeFocused();
    await holdsAsDialog(page);
    await page.keyboard.type('Orientation-Demo-2026');
    await page.keyboard.press('Enter');
    await expect(sheetOf(page).getByRole('listitem')).toHaveCount(10);
    const [former] = await codesOf(page);
    await sheetOf(page).getByRole('button', { name: 'J’ai gardé mes codes' }).click();

    await sectionOf(page).getByRole('button', { name: 'Créer de nouveaux codes' }).click();
    await holdsAsDialog(page);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Créer de nouveaux codes' }).click();
    await proof.getByLabel('Mot de passe', { exact: true }).fill('Orientation-Demo-2026');
    await page.keyboard.press('Enter');
    await expect(sheetOf(page).getByRole('listitem')).toHaveCount(10);
    expect(await codesOf(page)).not.toContain(former);
    await sheetOf(page).getByRole('button', { name: 'J’ai gardé mes codes' }).click();
    await sectionOf(page).getByRole('button', { name: 'Créer de nouveaux codes' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Supprimer mes codes' }).click();
    await expect(sectionOf(page).getByText('Vous n’avez pas de code de secours.')).toBeVisible();
  });
});

/** On paper: the codes, whose they are, and nothing else of the page, on one sheet. */
async function holdsOnItsSheet(page: Page, username: string): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(`Identifiant : ${username}`)).toBeVisible();
  await expect(sheetOf(page).getByRole('listitem')).toHaveCount(10);
  await expect(page.getByRole('heading').filter({ visible: true })).toHaveText([/Vos codes de secours/]);
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
  const file = await page.pdf({ format: 'A4' });
  expect(file.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: null });
}
