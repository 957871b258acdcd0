import type { Locator } from '@playwright/test';
import { PASSWORD } from '../harness/people';
import { testWithoutSms } from '../harness/receiver';
import { arrived, expect, heading, MINUTE, openSignedIn, type Page, test } from '../harness/test';

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

  test('two fields and four acts: another structure gets its administrator', async ({
    page,
    demo,
    somebody,
  }) => {
    const effort = new Effort();
    const mark = somebody.username.split('.')[1]!;
    await openSignedIn(page, demo.national, '/');
    await effort.click(page.getByRole('link', { name: 'Structures', exact: true }));
    await effort.click(page.getByRole('link', { name: 'Centre de santé du Port' }));
    await effort.click(page.getByRole('link', { name: 'Inviter l’administrateur' }));
    await effort.fill(page.getByLabel('Nom affiché'), `Anne ${mark}`);
    await effort.fill(page.getByLabel('Adresse e‑mail'), `anne.${mark}@centre.example`);
    await effort.press(page, 'Enter');
    await expect(heading(page, `Anne ${mark}`)).toBeVisible();
    await expect(page.getByText('Administrateur de la structure', { exact: true })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: 'Centre de santé du Port' })).toBeVisible();
    expect(effort).toEqual({ fields: 2, acts: 4 });
  });

  test('two fields and six acts: an application is connected', async ({ page, context, demo }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const effort = new Effort();
    await openSignedIn(page, demo.nadia, '/');
    await effort.click(page.getByRole('link', { name: 'Applications', exact: true }));
    await effort.click(page.getByRole('link', { name: 'Créer une application' }));
    await effort.click(page.getByRole('button', { name: 'Continuer' }));
    await effort.fill(page.getByLabel('Adresse du site'), 'agenda.example');
    await effort.fill(page.getByLabel('Nom', { exact: true }), `Agenda ${Date.now()}`);
    await effort.press(page, 'Enter');
    await effort.click(page.getByRole('button', { name: 'Créer l’application' }));
    await expect(page.getByText('En attente de la première requête…')).toBeVisible();
    await effort.click(page.getByRole('button', { name: /^Copier.*[Ss]ecret/ }));
    expect((await page.evaluate(() => navigator.clipboard.readText())).length).toBeGreaterThan(30);
    expect(effort).toEqual({ fields: 2, acts: 6 });
  });

  test('one file and six acts: 300 people arrive on Monday', async ({ page, demo, somebody }) => {
    test.slow();
    const effort = new Effort();
    const mark = somebody.username.split('.')[1]!;
    const people = Array.from(
      { length: 300 },
      (_, at) => `${mark}.${at};${mark}.${at}@hopital.example;P ${at}`,
    );
    const buffer = Buffer.from(['identifiant;email;nom', ...people].join('\n'));
    await openSignedIn(page, demo.nadia, '/');
    await effort.click(page.getByRole('link', { name: 'Comptes', exact: true }));
    await effort.click(page.getByRole('link', { name: 'Inviter une personne' }));
    await effort.click(page.getByRole('link', { name: 'Un fichier' }));
    await page.getByLabel('Fichier CSV').setInputFiles({ name: 'lundi.csv', mimeType: 'text/csv', buffer });
    await effort.click(page.getByRole('button', { name: 'Vérifier le fichier' }));
    await expect(page.getByRole('heading', { name: /^Fichier vérifié/ })).toBeVisible();
    await effort.click(page.getByRole('button', { name: 'Créer les comptes' }));
    await effort.click(page.getByRole('alertdialog').getByRole('button', { name: 'Créer les comptes' }));
    await expect(page.getByRole('heading', { name: /^Import terminé/ })).toBeVisible({ timeout: MINUTE });
    await expect(page.getByText('300', { exact: true }).first()).toBeVisible();
    expect(effort).toEqual({ fields: 0, acts: 6 });
  });

  test('three acts: the journal is proved', async ({ page, demo, server }) => {
    const effort = new Effort();
    const sealed = page.getByRole('link', { name: /^Dernier scellement/ });
    await openSignedIn(page, demo.national, '/administration/journal');
    // A new server has no seal yet.
    await server.advance(2 * MINUTE);
    await expect(async () => {
      await page.reload();
      await expect(sealed).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.goto('/');
    await effort.click(page.getByRole('link', { name: 'Journal', exact: true }));
    await effort.click(sealed);
    await effort.click(page.getByRole('button', { name: 'Vérifier tout le journal' }));
    await expect(page.getByRole('heading', { name: 'PROUVÉ', exact: true })).toBeVisible();
    expect(effort).toEqual({ fields: 0, acts: 3 });
  });

  test('two fields and four acts: codes come by SMS', async ({ page, somebody }) => {
    const effort = new Effort();
    await openSignedIn(page, somebody, '/');
    await effort.click(page.getByRole('link', { name: 'Mon compte', exact: true }));
    await effort.fill(page.getByLabel('Téléphone portable'), somebody.mobileAsTyped);
    await effort.click(page.getByRole('button', { name: 'Vérifier' }));
    await expect(page.getByRole('dialog').getByLabel('Code', { exact: true })).toBeFocused();
    await effort.fill(
      page.getByRole('dialog').getByLabel('Code', { exact: true }),
      await somebody.codeBySms(),
    );
    await effort.press(page, 'Enter');
    await effort.click(page.getByRole('button', { name: 'Recevoir mes codes par SMS' }));
    await expect(page.getByText('Vos choix sont enregistrés.')).toBeVisible();
    await expect(page.getByRole('radio', { name: 'SMS' })).toBeChecked();
    expect(effort).toEqual({ fields: 2, acts: 4 });
  });

  test('one field and Enter: why a person has no code', async ({ page, demo, somebody }) => {
    const effort = new Effort();
    await openSignedIn(page, demo.nadia, '/');
    const field = page.getByRole('combobox', { name: 'Qui n’arrive pas à entrer ?' });
    await expect(field).toBeFocused();
    await effort.fill(field, somebody.username);
    await expect(page.getByRole('option', { name: somebody.name })).toHaveAttribute('data-highlighted', '');
    await effort.press(page, 'Enter');
    await expect(heading(page, somebody.name)).toBeVisible();
    await expect(page.getByText(/^Peut entrer/)).toBeVisible();
    expect(effort).toEqual({ fields: 1, acts: 1 });
  });
});

testWithoutSms('no act at all: the provider of SMS is out of order', async ({ page, demo }) => {
  await openSignedIn(page, demo.national, '/');
  const row = page
    .getByRole('region', { name: 'À traiter' })
    .getByRole('listitem')
    .filter({ hasText: 'SMS' });
  await expect(row).toContainText(/Aucun opérateur ne répond .*aucun SMS ne part/);
  await expect(row).toBeInViewport({ ratio: 1 });
  await expect(page.getByText('En panne : SMS')).toBeVisible();
});
