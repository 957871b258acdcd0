import { holdsInBothLanguages, LAPTOP, layoutShift, NARROW } from '../harness/accessibility';
import { reportSms, wrong } from '../harness/people';
import {
  arrived,
  expect,
  giveCode,
  giveMailedCode,
  givePassword,
  heading,
  MINUTE,
  preferSms,
  referenceShown,
  sentAgain,
  signIn,
  test,
} from '../harness/test';

test.describe('the code step', () => {
  test('says how many tries are left, then wants another code', async ({ page, somebody, later }) => {
    await givePassword(page, somebody);
    const field = page.getByRole('textbox', { name: 'Code' });
    await expect(field).toBeFocused();
    await page.getByRole('button', { name: 'Valider' }).click();
    await expect(field).toHaveAccessibleDescription(/Saisissez le code de 6\schiffres\./);

    const code = await somebody.codeByMail();
    for (const left of ['4 essais', '3 essais', '2 essais', '1 essai']) {
      await giveCode(page, wrong(code));
      await expect(page.getByText(`Il vous reste ${left}.`)).toBeVisible();
      await expect(field).toBeFocused();
    }
    await giveCode(page, wrong(code));
    await expect(page.getByText('Trop d’essais avec ce code : il ne peut plus servir.')).toBeVisible();
    await expect(field).toBeHidden();

    await later(MINUTE);
    await page.getByRole('button', { name: 'Envoyer un nouveau code' }).click();
    await sentAgain(page);
    await expect(field).toBeFocused();
    await giveCode(page, await somebody.codeByMail());
    await arrived(page, somebody);
  });

  test('that is locked after ten wrong codes shows for how long, and hides useless controls', async ({
    page,
    somebody,
    later,
  }) => {
    await page.setViewportSize(LAPTOP);
    await givePassword(page, somebody);
    const field = page.getByRole('textbox', { name: 'Code' });
    for (let turn = 1; turn <= 10; turn++) {
      await expect(field).toBeFocused();
      await giveCode(page, wrong(await somebody.codeByMail()));
      if (turn === 5) {
        await later(MINUTE);
        await page.getByRole('button', { name: 'Envoyer un nouveau code' }).click();
        await sentAgain(page);
      } else if (turn < 10)
        await expect(page.getByText(`Il vous reste ${4 - ((turn - 1) % 5)}`)).toBeVisible();
    }
    const notice = page.getByRole('alert');
    await expect(notice).toContainText(/réessayer à\s\d\d:\d\d, dans 1[45]\sminutes\./);
    for (const useless of [field, page.getByText('réf.'), page.getByText('Nouveau code dans')])
      await expect(useless).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Revenir à l’identifiant' })).toBeInViewport({ ratio: 1 });
  });

  test('has its button in view on a small telephone', async ({ page, somebody }) => {
    await page.setViewportSize(NARROW);
    await givePassword(page, somebody);
    await expect(page.getByRole('button', { name: 'Valider' })).toBeInViewport({ ratio: 1 });
  });

  test('counts down to another code, which replaces the first', async ({ page, somebody, later, server }) => {
    await givePassword(page, somebody);
    const resend = page.getByRole('button', { name: 'Envoyer un nouveau code' });
    await expect(page.getByText(/Nouveau code dans \d\d\ssecondes\./)).toBeVisible();
    await expect(resend).toBeHidden();
    await later(20_000);
    await expect(page.getByText(/Nouveau code dans \d\ssecondes?\./)).toBeVisible();
    await later(11_000);
    const first = await somebody.codeByMail();
    await resend.click();

    await sentAgain(page);
    const reference = await referenceShown(page);
    const mails = await server.messagesTo(somebody.email);
    expect(mails).toHaveLength(2);
    expect(mails[0]!.text).toContain(reference);
    const second = await somebody.codeByMail();
    if (first !== second) {
      await giveCode(page, first);
      await expect(page.getByText('Il vous reste 4 essais.')).toBeVisible();
    }
    await giveCode(page, second);
    await arrived(page, somebody);
  });

  test('reports that the code is too old', async ({ page, somebody, later }) => {
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
    await later(11 * MINUTE);
    await expect(page.getByText('Ce code n’est plus valable : trop de temps a passé.')).toBeVisible();
    await page.getByRole('button', { name: 'Envoyer un nouveau code' }).click();
    await sentAgain(page);
    await giveCode(page, await somebody.codeByMail());
    await arrived(page, somebody);
  });

  test('shows when the SMS was delivered; mail replaces a lost one, and the layout does not move', async ({
    page,
    somebody,
    server,
  }) => {
    await preferSms(page, somebody);
    await page.clock.install();
    await page.setViewportSize(LAPTOP);
    await givePassword(page, somebody);
    await expect(page.getByText('Remise en cours…')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await layoutShift(page);
    reportSms(server, somebody, 'delivered');
    await page.clock.fastForward(5_000);
    await expect(page.getByText(/^Remis à\s\d\d:\d\d\.$/)).toBeVisible();
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.02);

    await page.reload();
    await expect(page.getByText('Remise en cours…')).toBeVisible();
    reportSms(server, somebody, 'undelivered');
    await page.clock.fastForward(5_000);
    await expect(page.getByText('Le SMS n’a pas pu être remis')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'recevoir le code par e‑mail', exact: true }).click();
    await expect(page.getByText(/Un code OTP vous a été envoyé par e‑mail/)).toBeVisible();
    await expect(page.getByText('Remise en cours…')).toHaveCount(0);
  });

  test('has a way back to the first one', async ({ page, demo }) => {
    await givePassword(page, demo.claire);
    await page.getByRole('link', { name: 'Revenir à l’identifiant et au mot de passe' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await signIn(page, demo.nadia);
  });

  test('goes back to the first one when its 15 minutes are over, and says why', async ({
    page,
    somebody,
    later,
  }) => {
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
    await later(16 * MINUTE);
    await page.getByRole('button', { name: 'Envoyer un nouveau code' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('Le temps pour saisir le code est passé.');
  });

  test('has no dot where a line about the code begins or ends', async ({ page, somebody }) => {
    for (const [width, dots] of [
      [NARROW.width, 0],
      [LAPTOP.width, 2],
    ] as const) {
      await page.setViewportSize({ width, height: NARROW.height });
      await givePassword(page, somebody);
      const about = page.getByRole('listitem').filter({ hasText: /^(à|réf|encore)/ });
      await expect(about).toHaveCount(3);
      // A dot is in the margin of its item, which is cut off where the item begins a line.
      const lefts = await about.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
      const { x } = (await about.first().locator('../..').boundingBox())!;
      expect([width, lefts.filter((left) => left >= x).length]).toEqual([width, dots]);
    }
  });

  test('outlives a reload while one reads the mail', async ({ page, somebody, server }) => {
    await givePassword(page, somebody);
    await expect(heading(page, 'Saisir le code')).toBeVisible();
    await page.reload();
    await giveMailedCode(page, somebody);
    await arrived(page, somebody);
    expect(await server.messagesTo(somebody.email)).toHaveLength(1);
  });
});
