import { readFileSync } from 'node:fs';
import { holdsAsDialog, holdsInBothLanguages, LAPTOP, NARROW, wholeInView } from '../harness/accessibility';
import type { Person } from '../harness/people';
import { expect, givePassword, heading, openSignedIn, type Page, signInByApi, test } from '../harness/test';

test.describe('« Journal »', () => {
  test('is in the menu of administrators only', async ({ page, somebody, demo, anotherBrowser }) => {
    await openSignedIn(page, somebody, '/');
    await page.getByRole('button', { name: 'Administration' }).click();
    await expect(page.getByRole('link', { name: 'Journal' })).toHaveCount(0);
    const administrator = await anotherBrowser();
    await openSignedIn(administrator, demo.nadia, '/');
    await administrator.getByRole('link', { name: 'Journal' }).click();
    await expect(heading(administrator, 'Journal')).toBeFocused();
    await expect(lines(administrator).first()).toBeVisible();
    await holdsInBothLanguages(administrator);
  });

  test('is filtered by person, act and result', async ({ page, demo, somebody }) => {
    await givePassword(page, somebody, 'Not-The-Password-2026');
    await expect(page.getByRole('alert')).toBeVisible();
    await openSignedIn(page, demo.nadia, '/administration/journal');
    await expect(lines(page).first()).toBeVisible();
    await page.getByRole('heading', { name: 'Journal' }).press('/');
    await expect(page.getByLabel('Personne', { exact: true })).toBeFocused();
    await page.keyboard.type(somebody.username);
    await page.getByRole('option', { name: somebody.name }).click();
    await expect(page.getByRole('button', { name: `Ne plus filtrer par ${somebody.name}` })).toBeVisible();
    await acts(page).click();
    const choices = page.getByRole('listbox', { name: 'Toutes les actions' }).getByRole('option');
    await expect(choices).toHaveCount(14);
    const isCut = (all: Element[]) => all.some((one) => one.scrollHeight > one.clientHeight);
    expect(await choices.evaluateAll(isCut)).toBe(false);
    await acts(page).fill('connexions');
    await page.getByRole('option', { name: /^Tout\s: Connexions$/ }).click();
    await expect(
      page.getByRole('button', { name: /^Ne plus filtrer par Tout\s: Connexions$/ }),
    ).toBeFocused();
    await page.getByLabel('Résultat').selectOption({ label: 'Refusé' });
    await expect(page.getByRole('status').filter({ hasText: /^1\sligne affichée$/ })).toBeVisible();
    await expect(lines(page)).toHaveCount(1);
    await expect(lines(page)).toContainText('Connexion refusée');
    await expect(lines(page)).toContainText(somebody.name);

    // An address that can be kept and sent, with ids and no name.
    expect(page.url()).not.toContain('laire');
    const sent = await page.context().newPage();
    await sent.goto(page.url());
    await expect(lines(sent)).toHaveCount(1);
    await expect(sent.getByRole('button', { name: `Ne plus filtrer par ${somebody.name}` })).toBeVisible();
    await sent.close();

    await page.getByRole('button', { name: 'Exporter' }).click();
    const sheet = await saved(page, 'Pour un tableur (CSV)');
    expect(sheet.name).toMatch(/^portillon-journal(-\d+-[0-9a-f]{8})?\.csv$/);
    expect(sheet.text.trim().split('\n')).toHaveLength(2);
    expect(sheet.text).toContain('"Connexion refusée";"Refusé";');
    const json = await saved(page, 'Pour une machine (JSON)');
    expect(json.name).toMatch(/-brut\.jsonl$/);
    expect(JSON.parse(json.text.trim().split('\n')[0]!)).toMatchObject({ name: 'authn_login_fail' });

    await page.keyboard.press('Escape');
    await page.getByLabel('Résultat').selectOption({ label: 'Réussi' });
    await expect(page.getByText('Aucune ligne ne correspond à ces filtres.')).toBeVisible();
    await page.getByRole('button', { name: 'Tout afficher' }).click();
    await expect(lines(page).nth(1)).toBeVisible();
  });

  test('shows emergency access by text and an icon, not only by red', async ({ page, demo }) => {
    await openEmergencyAccess(page, demo.nadia, demo.claire);
    await page.goto('/administration/journal');
    const line = lines(page).filter({ hasText: 'Carte perdue, garde de nuit' });
    await expect(line).toContainText('Accès de secours');
    await expect(line).toContainText('par Nadia Benali');
    await expect(line.locator('svg').first()).toBeVisible();
    await line.getByRole('button').click();
    const drawer = page.getByRole('complementary', { name: 'Ligne du journal' });
    await expect(drawer).toContainText('Par Nadia Benali (nadia.benali)');
    await drawer.getByText('Détails').click();
    await expect(drawer).toContainText('authz_admin');
    await holdsInBothLanguages(page);
    await acts(page).fill('acces de secours');
    await page.getByRole('option', { name: /^Accès de secours/ }).click();
    await expect(lines(page).filter({ hasNotText: 'Accès de secours' })).toHaveCount(0);
  });

  test('has twelve lines on a laptop and fourteen on a desk, repeats folded, read by the keyboard alone', async ({
    page,
    demo,
  }) => {
    for (let turn = 0; turn < 8; turn++) {
      await signInByApi(page, demo.claire);
      expect((await page.request.delete('/api/session')).ok()).toBe(true);
    }
    await fail(page, demo.claire, 3);
    await openSignedIn(page, demo.nadia, '/administration/journal');
    for (const [size, count] of [
      [LAPTOP, 12],
      [{ width: 1280, height: 800 }, 14],
    ] as const) {
      await page.setViewportSize(size);
      await expect(lines(page).nth(count)).toBeAttached();
      expect(await wholeInView(lines(page))).toBeGreaterThanOrEqual(count);
      await page.getByRole('button', { name: 'English', exact: true }).click();
      await expect(page.getByRole('columnheader', { name: 'Person' })).toBeVisible();
      expect(await wholeInView(lines(page))).toBeGreaterThanOrEqual(count);
      await page.getByRole('button', { name: 'Français', exact: true }).click();
    }
    const folded = lines(page).filter({ hasText: 'Connexion refusée' }).first();
    await expect(folded).toContainText('×3');

    const first = lines(page).first().getByRole('button');
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await expect(lines(page).nth(1).getByRole('button')).toBeFocused();
    await folded.getByRole('button').press('Enter');
    const drawer = page.getByRole('complementary', { name: 'Ligne du journal' });
    await expect(drawer.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(drawer).toContainText('Pourquoi');
    await expect(drawer).toContainText('Mot de passe faux');
    await expect(drawer.getByRole('listitem').filter({ hasText: '×3' })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await page.keyboard.press('Escape');
    await expect(folded.getByRole('button')).toBeFocused();
    await page.setViewportSize(NARROW);
    await folded.getByRole('button').press('Enter');
    await expect(page.getByRole('dialog')).toContainText('Mot de passe faux');
    await holdsAsDialog(page);
    await page.keyboard.press('Escape');
    await expect(folded.getByRole('button')).toBeFocused();
  });

  test('is proven on its page, and the finding is one sheet', async ({ page, demo, server }) => {
    await signInByApi(page, demo.claire);
    await server.advance(2 * 60_000);
    await openSignedIn(page, demo.national, '/administration/journal');
    const sealed = page.getByRole('link', { name: /^Dernier scellement\s: \d\d:\d\d · Vérifier$/ });
    await expect(async () => {
      await page.reload();
      await expect(sealed).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await sealed.click();
    await expect(heading(page, 'Preuve du journal')).toBeFocused();
    await page.getByRole('button', { name: 'Vérifier tout le journal' }).click();
    await expect(page.getByRole('heading', { name: 'PROUVÉ', exact: true })).toBeVisible();
    await expect(page.getByRole('img', { name: 'QR code de la tête' })).toBeVisible();
    await holdsInBothLanguages(page);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'PROUVÉ', exact: true })).toBeVisible();
  });

  test('says who read the page of a person, and the person reads that it was', async ({
    page,
    demo,
    somebody,
    anotherBrowser,
  }) => {
    const found = `/administration/comptes?q=${somebody.username}`;
    await openSignedIn(page, demo.nadia, found);
    for (let turn = 0; turn < 2; turn++) {
      await page.goto(found);
      await page.getByRole('link', { name: somebody.name }).click();
      await expect(heading(page, somebody.name)).toBeVisible();
    }
    await page.goto('/administration/journal');
    const reading = lines(page)
      .filter({ hasText: 'Données du compte consultées' })
      .filter({ hasText: somebody.name });
    await expect(reading).toHaveCount(1);
    await expect(reading).toContainText(demo.nadia.name);
    await holdsInBothLanguages(page);

    const own = await anotherBrowser();
    await openSignedIn(own, somebody, '/mon-compte/activite');
    await expect(own.getByText('Données du compte consultées par un administrateur')).toHaveCount(1);
    await expect(own.getByText(demo.nadia.name)).toHaveCount(0);
    await holdsInBothLanguages(own);
  });

  test('keeps a view under a name', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/administration/journal?outcome=FAILURE&period=30');
    await page.getByRole('button', { name: 'Vues' }).click();
    await page.getByLabel('Nom de cette vue').fill('Les refus');
    await page.keyboard.press('Enter');
    await page.goto('/administration/journal');
    await page.getByRole('button', { name: 'Vues' }).press('Enter');
    await expect(page.getByRole('link', { name: 'Les refus' })).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Vues' }).press('Enter');
    await page.getByRole('link', { name: 'Les refus' }).press('Enter');
    await expect(page).toHaveURL(/outcome=FAILURE&period=30/);
    await expect(page.getByLabel('Résultat')).toHaveValue('FAILURE');
    await page.reload();
    await expect(page.getByLabel('Période')).toHaveValue('30');
  });
});

function acts(page: Page) {
  return page.getByRole('combobox', { name: 'Toutes les actions' });
}

function lines(page: Page) {
  return page.locator('[data-line]');
}

async function fail(page: Page, person: Person, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn++)
    await page.request.post('/api/sign-in/password', {
      data: { username: person.username, password: 'Not-The-Password-2026' },
    });
}

async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

async function openEmergencyAccess(page: Page, administrator: Person, person: Person): Promise<void> {
  await signInByApi(page, administrator);
  const found = await page.request.get(`/api/admin/accounts?q=${person.username}`);
  const { items } = (await found.json()) as { items: { id: string }[] };
  const answer = await page.request.post(`/api/admin/accounts/${items[0]!.id}/emergency-access`, {
    data: { means: 'password', hours: 8, reason: 'Carte perdue, garde de nuit' },
  });
  expect(answer.ok()).toBe(true);
}
