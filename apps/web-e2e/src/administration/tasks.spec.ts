import type { Locator } from '@playwright/test';
import { PASSWORD } from '../harness/people';
import { arrived, expect, heading, openSignedIn, type Page, test } from '../harness/test';

/** Counts what a person does: each field that is filled, and each click or key that acts. */
class Effort {
  fields = 0;
  acts = 0;
  async fill(field: Locator, text: string): Promise<void> {
    this.fields += 1;
    await field.fill(text);
  }
  async click(control: Locator): Promise<void> {
    this.acts += 1;
    await control.click();
  }
  async press(page: Page, key: string): Promise<void> {
    this.acts += 1;
    await page.keyboard.press(key);
  }
}

const palette = (page: Page) => page.getByRole('dialog', { name: 'Rechercher' });

test.describe('from its first page, a task takes no more than', () => {
  test('three fields and Enter: a first sign-in with a code by mail', async ({ page, somebody }) => {
    const effort = new Effort();
    await page.goto('/connexion');
    await effort.fill(page.getByLabel('Identifiant', { exact: true }), somebody.username);
    await effort.fill(page.getByLabel('Mot de passe', { exact: true }), PASSWORD);
    await effort.press(page, 'Enter');
    await expect(heading(page, 'Saisir le code')).toBeVisible();
    await effort.fill(page.getByRole('textbox', { name: 'Code' }), await somebody.codeByMail());
    await effort.press(page, 'Enter');
    await arrived(page, somebody);
    expect(effort).toEqual({ fields: 3, acts: 2 });
  });

  test('one field and three acts: a person has left', async ({ page, demo, somebody }) => {
    const effort = new Effort();
    await openSignedIn(page, demo.nadia, '/');
    await expect(page.getByRole('button', { name: 'Rechercher' })).toBeVisible();
    await effort.press(page, 'Control+k');
    await effort.fill(palette(page).getByRole('combobox'), `désactiver ${somebody.username}`);
    await expect(palette(page).getByRole('option', { name: /^Désactiver le compte/ })).toHaveAttribute(
      'data-highlighted',
      '',
    );
    await effort.press(page, 'Enter');
    await effort.click(page.getByRole('alertdialog').getByRole('button', { name: 'Désactiver' }));
    await expect(page.getByText('Le compte est désactivé.')).toBeVisible();
    expect(effort).toEqual({ fields: 1, acts: 3 });
  });

  test('one field and two acts: who read this account', async ({ page, demo }) => {
    const effort = new Effort();
    await openSignedIn(page, demo.nadia, '/');
    await expect(page.getByRole('button', { name: 'Rechercher' })).toBeVisible();
    await effort.press(page, 'Control+k');
    await effort.fill(palette(page).getByRole('combobox'), 'qui a lu claire martin');
    await expect(
      palette(page)
        .getByRole('option', { name: /^Voir qui a lu/ })
        .first(),
    ).toHaveAttribute('data-highlighted', '');
    await effort.press(page, 'Enter');
    await expect(heading(page, 'Journal')).toBeVisible();
    await expect(page).toHaveURL(/act=account_read/);
    expect(effort).toEqual({ fields: 1, acts: 2 });
  });
});
