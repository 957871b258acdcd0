import { hasNoFault, holds, LAPTOP, NARROW } from '../harness/accessibility';
import { giveSecondStructure, PASSWORD } from '../harness/people';
import { arrived, expect, giveMailedCode, givePassword, heading, type Page, test } from '../harness/test';

const HOSPITAL = 'Hôpital des Trois Dames';
const CLINIC = 'Clinique de la Vallée';
const QUESTION = 'Vous travaillez aujourd’hui pour…';

test.beforeEach(({ server, somebody }) => giveSecondStructure(server, somebody, CLINIC, 'Cardiologue'));

const choice = (page: Page, name: string) =>
  page.getByRole('main').getByRole('listitem').getByRole('button', { name });
const inHeader = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: 'Changer d’établissement' });

test.describe('a person of two structures', () => {
  test('chooses one by keyboard, and finds it first at the next sign-in', async ({ page, somebody }) => {
    const { keyboard } = page;
    await page.goto('/mon-compte');
    await expect(page.getByLabel('Identifiant', { exact: true })).toBeFocused();
    await keyboard.type(somebody.username);
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await keyboard.type(await somebody.codeByMail());
    await keyboard.press('Enter');
    await expect(heading(page, QUESTION)).toBeFocused();
    await keyboard.press('Tab');
    await expect(choice(page, HOSPITAL)).toBeFocused();
    await keyboard.press('Tab');
    await expect(choice(page, CLINIC)).toBeFocused();
    await keyboard.press('Enter');
    await expect(heading(page, 'Mon compte')).toBeVisible();
    await expect(inHeader(page)).toContainText(CLINIC);

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await givePassword(page, somebody);
    await expect(heading(page, QUESTION)).toBeVisible();
    await expect(page.getByRole('main').getByRole('listitem').first()).toContainText(CLINIC);
    await choice(page, CLINIC).click();
    await arrived(page, somebody);
  });

  test('changes it in the header by keyboard, without a code', async ({ page, somebody }) => {
    await givePassword(page, somebody);
    await giveMailedCode(page, somebody);
    await choice(page, HOSPITAL).click();
    await arrived(page, somebody);
    await inHeader(page).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Changer d’établissement' });
    await expect(dialog.getByRole('button', { name: HOSPITAL })).toHaveAttribute('aria-current', 'true');
    await hasNoFault(page, 'dialog');
    await dialog.getByRole('button', { name: CLINIC }).focus();
    await page.keyboard.press('Space');
    await expect(dialog).toBeHidden();
    await expect(inHeader(page)).toBeFocused();
    await expect(inHeader(page)).toContainText(CLINIC);
    await page.reload();
    await expect(inHeader(page)).toContainText(CLINIC);
  });

  test('sees no fault there, on a telephone, in French and in English', async ({ page, somebody }) => {
    await page.setViewportSize(LAPTOP);
    await givePassword(page, somebody);
    await giveMailedCode(page, somebody);
    await expect(heading(page, QUESTION)).toBeVisible();
    await holds(page);
    await page.setViewportSize(NARROW);
    await expect(choice(page, CLINIC)).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'English' }).click();
    await expect(heading(page, 'Today you work for…')).toBeVisible();
    await hasNoFault(page, 'English');
    await choice(page, CLINIC).click();
    await hasNoFault(page, 'header in English');
    await expect(page.getByRole('button', { name: 'Change organisation' })).toContainText(CLINIC);
  });
});
