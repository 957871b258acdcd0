import { readFileSync } from 'node:fs';
import {
  faults,
  holdsAsDialog,
  holdsInBothLanguages,
  holdsInForcedColours,
  LAPTOP,
  NARROW,
  wholeInView,
} from './harness/accessibility';
import type { Person } from './harness/people';
import { expect, givePassword, heading, openSignedIn, type Page, signInByApi, test } from './harness/test';

test.describe('« Journal »', () => {
  test('is found in the menu by an administrator alone', async ({ page, somebody, demo, anotherBrowser }) => {
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

  test('is filtered by person, act and result', async ({ page, demo }) => {
    const { claire } = demo;
    await givePassword(page, claire, 'Not-The-Password-2026');
    await expect(page.getByRole('alert')).toBeVisible();
    await openSignedIn(page, demo.nadia, '/administration/journal');
    await expect(lines(page).first()).toBeVisible();
    await page.getByRole('heading', { name: 'Journal' }).press('/');
    await expect(page.getByLabel('Personne', { exact: true })).toBeFocused();
    await page.keyboard.type(claire.username);
    await page.getByRole('option', { name: claire.name }).click();
    await expect(page.getByRole('button', { name: `Ne plus filtrer par ${claire.name}` })).toBeVisible();
    await page.getByLabel('Acte', { exact: true }).selectOption({ label: 'Tout : Connexions' });
    await page.getByLabel('Résultat').selectOption({ label: 'Refusé' });
    await expect(page.getByRole('status').filter({ hasText: /^1\sligne affichée$/ })).toBeVisible();
    await expect(lines(page)).toHaveCount(1);
    await expect(lines(page)).toContainText('Connexion refusée');
    await expect(lines(page)).toContainText(claire.name);

    // An address that can be kept and sent, with ids and no name.
    expect(page.url()).not.toContain('laire');
    const sent = await page.context().newPage();
    await sent.goto(page.url());
    await expect(lines(sent)).toHaveCount(1);
    await expect(sent.getByRole('button', { name: `Ne plus filtrer par ${claire.name}` })).toBeVisible();
    await sent.close();

    await page.getByRole('button', { name: 'Exporter' }).click();
    const sheet = await saved(page, 'Pour un tableur (CSV)');
    expect(sheet.name).toMatch(/^portillon-journal(-\d+-[0-9a-f]{8})?\.csv$/);
    expect(sheet.text.trim().split('\n')).toHaveLength(2);
    expect(sheet.text).toContain('"Connexion refusée";"Refusé";');
    const csv = await saved(page, 'Pour une machine (CSV brut)');
    expect(csv.name).toMatch(/-brut\.csv$/);
    expect(csv.text).toContain('authn_login_fail');
    const json = await saved(page, 'Pour une machine (JSON)');
    expect(JSON.parse(json.text.trim().split('\n')[0]!)).toMatchObject({ name: 'authn_login_fail' });

    await page.keyboard.press('Escape');
    await page.getByLabel('Résultat').selectOption({ label: 'Réussi' });
    await expect(page.getByText('Aucune ligne ne correspond à ces filtres.')).toBeVisible();
    await page.getByRole('button', { name: 'Tout afficher' }).click();
    await expect(lines(page).nth(1)).toBeVisible();
  });

  test('shows emergency access by words and an icon, not by red alone', async ({ page, demo }) => {
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
    await page.getByLabel('Acte', { exact: true }).selectOption('authz_admin');
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
    const sealed = page.getByRole('link', { name: /^Scellé jusqu’à \d\d:\d\d · Vérifier$/ });
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

test.describe('« Statistiques »', () => {
  test('answer at a glance, by keyboard, in tables and a file', async ({ page, somebody, demo, server }) => {
    test.slow();
    await signInByApi(page, somebody);
    await server.advance(2 * 60_000);
    await openSignedIn(page, demo.nadia, '/');
    await expect(heading(page, `Bonjour ${demo.nadia.name}`)).toBeVisible();
    await page.getByRole('link', { name: 'Statistiques', exact: true }).click();
    await expect(heading(page, 'Statistiques')).toBeFocused();
    const chart = page.getByRole('img', { name: /^Connexions par moyen/ });
    const reader = page.getByRole('slider', { name: 'Lire barre par barre : Connexions par moyen' });
    // Today's sign-in is counted when the journal is sealed; days before have those of other tests.
    const ofToday = /Mot de passe et e-mail\s: \d/;
    await expect(async () => {
      await page.reload();
      await expect(reader).toHaveAttribute('aria-valuetext', ofToday, { timeout: 1_000 });
    }).toPass();
    await page.setViewportSize(LAPTOP);
    const figures = page.locator('[data-figure]');
    await expect(figures).toHaveCount(5);
    expect(await wholeInView(figures)).toBe(5);
    await expect(figures.first()).toContainText(/^connexions[1-9]/);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await expect(heading(page, 'Statistics')).toBeVisible();
    expect(await wholeInView(figures)).toBe(5);
    await page.getByRole('button', { name: 'Français', exact: true }).click();
    await expect(chart).toHaveAccessibleName(/Mot de passe et e-mail\s: \d/);

    // Today is the last bar, and not over; the arrow keys go from one to the next.
    await expect(page.getByText('Aujourd’hui, pas encore fini').first()).toBeVisible();
    await reader.focus();
    const readOut = page.locator('[data-read-out]');
    await expect(readOut).toContainText(ofToday);
    await holdsInBothLanguages(page);
    await holdsInForcedColours(page);
    const today = (await reader.getAttribute('aria-valuetext'))!;
    await reader.press('ArrowLeft');
    await expect(reader).not.toHaveAttribute('aria-valuetext', today);
    await reader.press('ArrowRight');
    await expect(reader).toHaveAttribute('aria-valuetext', today);
    await page.keyboard.press('Escape');
    await expect(readOut).toHaveCount(0);
    await heading(page, 'Statistiques').click();
    const { x, y, width } = (await chart.boundingBox())!;
    await page.mouse.move(x + width - 8, y + 60);
    await expect(readOut).toContainText(/Mot de passe et e-mail\s: \d/);
    await page.mouse.move(1, 1);
    await expect(readOut).toHaveCount(0);

    await page.locator('summary', { hasText: 'Connexions par moyen' }).click();
    const table = page.getByRole('table', { name: 'Connexions par moyen' });
    await expect(table.getByRole('columnheader', { name: 'Total' })).toBeVisible();
    await expect(table.getByRole('row', { name: /^Total/ })).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Exporter', exact: true }).click();
    const file = await saved(page, 'Exporter en CSV');
    expect(file.name).toMatch(/^portillon-connexions-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
    expect(file.text).toContain('sign_ins');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: '12 mois' }).click();
    await expect(page.getByText('Mois en cours').first()).toBeVisible();
    await expect(page).toHaveURL(/period=year/);
    await page.reload();
    await expect(page.getByRole('button', { name: '12 mois' })).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Dates' }).press('Enter');
    await page.getByLabel('Une barre par').selectOption({ label: 'Par jour' });
    await page.getByLabel('Du', { exact: true }).focus();
    await page.keyboard.type('01012000');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('alert')).toContainText('un an au plus par jour');
    await holdsInBothLanguages(page);
  });

  test('of one structure are in the address, which can be sent', async ({ page, demo }) => {
    await openSignedIn(page, demo.national, '/administration/statistiques');
    await page.getByLabel('Toute structure').fill('Centre');
    await page.getByRole('option', { name: 'Centre de santé du Port' }).click();
    const chip = page.getByRole('button', { name: 'Ne plus filtrer par Centre de santé du Port' });
    await expect(chip).toBeFocused();
    await expect(page).toHaveURL(/structure=/);
    await page.reload();
    await expect(chip).toBeVisible();
    await holdsInBothLanguages(page);
    await chip.press('Enter');
    await expect(page.getByLabel('Toute structure')).toBeFocused();
  });
});

test('a national administrator looks at one structure at a time', async ({ page, demo }) => {
  await signInByApi(page, demo.claire);
  await page.context().clearCookies();
  await signInByApi(page, demo.paul);
  await page.context().clearCookies();
  await openSignedIn(page, demo.national, '/administration/journal');
  await expect(lines(page).filter({ hasText: 'Claire Martin' }).first()).toBeVisible();
  const search = page.getByLabel('Personne ou structure');
  await search.fill('Centre');
  await expect(page.getByRole('option', { name: 'Centre de santé du Port' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  // Where the system chooses the colours, a line and not a tint shows what is chosen.
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(page.locator('[data-highlighted]')).toHaveCSS('outline-style', 'solid');
  await expect(page.getByRole('link', { name: 'Comptes' })).toHaveCSS('border-left-width', '0px');
  await expect(page.getByRole('link', { name: 'Journal' })).toHaveCSS('border-left-width', '4px');
  await page.emulateMedia({ forcedColors: 'none' });
  await page.keyboard.press('Enter');
  await expect(search).toHaveValue('');
  await expect(search).toBeFocused();
  const chip = page.getByRole('button', { name: 'Ne plus filtrer par Centre de santé du Port' });
  await expect(lines(page).filter({ hasText: 'Claire Martin' })).toHaveCount(0);
  await expect(lines(page).filter({ hasText: 'Paul Durand' }).first()).toBeVisible();
  await holdsInBothLanguages(page);
  await chip.press('Enter');
  await expect(lines(page).filter({ hasText: 'Claire Martin' }).first()).toBeVisible();
});

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
