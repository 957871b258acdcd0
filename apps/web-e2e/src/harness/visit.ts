import { PASSWORD, type Person, wrong } from './people';
import { expect, heading, HOUR, MINUTE, type Page, signInByApi } from './test';
import { type Locale, words } from './words';

export interface Visit {
  page: Page;
  person: Person;
  locale: Locale;
  later: (milliseconds: number) => Promise<void>;
  /** Called on every page and every dialog, by name. */
  stop: (name: string) => Promise<void>;
}

/** Goes through every page and dialog of the product, as one person in one language. */
export async function visitEverything(visit: Visit): Promise<void> {
  await visitSignIn(visit);
  await visitHome(visit);
  await visitAccount(visit);
  await visitPhone(visit);
  await visitPublicPages(visit);
  await visitStepUps(visit);
  await visitEnds(visit);
}

async function visitSignIn({ page, person, locale, stop }: Visit): Promise<void> {
  const say = words[locale];
  await page.goto('/');
  if (locale === 'en') await page.getByRole('button', { name: 'English' }).click();
  await expect(heading(page, say.signIn)).toBeVisible();
  await expect(page.getByLabel(say.password, { exact: true })).toBeVisible();
  await stop('sign-in');
  await page.getByRole('button', { name: say.signIn }).click();
  await stop('sign-in, nothing typed');
  await page.getByLabel(say.username, { exact: true }).fill(person.username);
  await page.getByLabel(say.password, { exact: true }).fill('Not-The-Password-2026');
  await page.getByRole('button', { name: say.signIn }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await stop('sign-in, refused');
  await page.getByLabel(say.password, { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: say.signIn }).click();
  await expect(heading(page, say.enterCode)).toBeVisible();
  await stop('code');
  const code = await person.codeByMail();
  await giveCode(page, locale, wrong(code));
  await expect(page.getByText(say.triesLeft)).toBeVisible();
  await stop('code, wrong');
  await giveCode(page, locale, code);
}

async function visitHome({ page, person, locale, stop }: Visit): Promise<void> {
  const say = words[locale];
  await expect(heading(page, `${say.hello} ${person.name}`)).toBeVisible();
  await stop('home');
  await page.getByRole('button', { name: say.administration }).click();
  await stop('home, menu');
}

async function visitPhone({ page, person, locale, stop }: Visit): Promise<void> {
  const say = words[locale];
  const phone = page.getByLabel(say.phone);
  const verify = page.getByRole('button', { name: say.verify });
  await page.goto('/mon-compte');
  await expect(phone).toBeVisible();
  await stop('my account');
  await phone.fill('01 23 45 67 89');
  await verify.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await stop('my account, number refused');
  await phone.fill(person.mobileAsTyped);
  await verify.click();
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await stop('number’s proof');
  await giveCode(page, locale, await person.codeBySms());
  await expect(page.getByRole('dialog').getByRole('button', { name: say.acceptOffer })).toBeVisible();
  await stop('codes by SMS, offered');
  await page.getByRole('dialog').getByRole('button', { name: say.close }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText(say.verified, { exact: true })).toBeVisible();
  await stop('my account, number proved');
  await page.getByRole('button', { name: say.remove }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await stop('number’s removal');
  await page.getByRole('button', { name: say.cancel }).click();
}

async function visitAccount({ page, locale, stop }: Visit): Promise<void> {
  const say = words[locale];
  await page.goto('/mon-compte/mot-de-passe');
  await page.getByLabel(say.currentPassword).fill(PASSWORD);
  await page.getByLabel(say.newPassword).fill('Portillon-2026!');
  await page.getByRole('button', { name: say.changePassword }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await stop('password, refused');
  await page.goto('/mon-compte/connexions');
  await expect(page.getByRole('button', { name: say.forgetAll })).toBeVisible();
  await expect(page.getByRole('main').locator('time').first()).toBeVisible();
  await stop('sessions and activity');
  await page.goto('/mon-compte/donnees');
  await expect(page.getByRole('main').getByRole('button').first()).toBeVisible();
  await stop('my data');
}

/** Pages that are open without a session, beside the sign-in. */
export const PUBLIC_PAGES = [
  '/mot-de-passe-oublie',
  '/mot-de-passe',
  '/invitation',
  '/ce-n-etait-pas-moi',
  '/aide',
  '/aide/carte',
  '/aide/codes',
  '/aide/feuillet',
  '/accessibilite',
  '/mentions-legales',
  '/donnees-personnelles',
  '/indisponible',
  '/nulle-part',
];

async function visitPublicPages({ page, stop }: Visit): Promise<void> {
  for (const path of PUBLIC_PAGES) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await stop(path);
  }
}

async function visitStepUps({ page, person, locale, later, stop }: Visit): Promise<void> {
  const say = words[locale];
  const dialog = page.getByRole('dialog');
  await page.goto('/mon-compte');
  await expect(page.getByLabel(say.phone)).toBeVisible();
  await later(6 * MINUTE);
  await page.getByLabel(say.phone).fill('0692 12 34 56');
  await page.getByRole('button', { name: say.save }).click();
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await stop('before a sensitive act');
  await dialog.getByRole('button', { name: say.cancel }).click();
  await expect(page.getByText(say.nothingChanged)).toBeVisible();
  await stop('my account, given up');

  // A change of number makes every browser forgotten: a code is given here once more, and grows old.
  await signInByApi(page, person);
  await later(24 * HOUR - 10 * MINUTE);
  await signInByApi(page, person);
  await page.goto('/mon-compte');
  await expect(page.getByLabel(say.phone)).toBeVisible();
  await later(15 * MINUTE);
  // The first sign of life renews the session, which wants its code.
  await page.keyboard.press('Shift');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await stop('at the 24-hour limit');
  await giveCode(page, locale, await person.codeByMail());
  await page.getByRole('link', { name: say.activity }).click();
  await expect(page.getByRole('main').locator('time').first()).toBeVisible();
}

async function visitEnds({ page, locale, later, stop }: Visit): Promise<void> {
  const say = words[locale];
  await later(28.5 * MINUTE);
  await expect(page.getByRole('button', { name: say.stay })).toBeVisible();
  await stop('idle');
  await page.getByRole('button', { name: say.stay }).click();
  await expect(page.getByRole('button', { name: say.stay })).toBeHidden();
  for (let turn = 0; turn < 7; turn++) {
    await later(27 * MINUTE);
    await page.request.post('/api/session/renew');
  }
  await later(5.6 * MINUTE);
  await expect(page.getByRole('button', { name: say.understood })).toBeVisible();
  await stop('nearly four hours');
  await later(5 * MINUTE);
  await expect(heading(page, say.signIn)).toBeVisible();
  await stop('sign-in, after the end');
}

async function giveCode(page: Page, locale: Locale, code: string): Promise<void> {
  await page.getByRole('textbox', { name: words[locale].code }).fill(code);
  await page.getByRole('button', { name: words[locale].confirm }).click();
}

/** Pages of the console that need no id. */
export const PAGES_THAT_ADMINISTER = [
  '/administration/comptes',
  '/administration/comptes/nouveau',
  '/administration/comptes/nouveau/plusieurs',
  '/administration/import',
  '/administration/structures',
  '/administration/structures/nouvelle',
  '/administration/applications',
  '/administration/applications/nouvelle',
  '/administration/webhooks',
  '/administration/webhooks/nouveau',
  '/administration/journal',
  '/administration/statistiques',
  '/administration/etat',
  '/administration/etat/confiance',
  '/administration/demarrage',
];
