import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { PASSWORD } from '../people.mjs';

const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const EVERY_MS = 5_000;
const PATIENCE_MS = 60_000;

/** A person signs in with Chromium every 5 seconds until closed, to test the pages. */
export class PersonWithBrowser {
  /** Ms from the address to the page behind the gate, one for each sign-in. */
  waits = [];
  /** Number of sign-ins that took over a minute. */
  failures = 0;
  #isOver = false;

  static async open(platform, nextPerson) {
    const person = new PersonWithBrowser();
    person.platform = platform;
    person.nextPerson = nextPerson;
    person.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH || PROGRAMS.find(existsSync),
      chromiumSandbox: false,
      args: ['--disable-gpu', `--host-resolver-rules=MAP ${platform.host}:443 127.0.0.1:${platform.port}`],
    });
    person.coming = person.#comeAgain();
    return person;
  }

  async close() {
    this.#isOver = true;
    await this.coming;
    await this.browser.close();
  }

  get worst() {
    return Math.max(0, ...this.waits);
  }

  async #comeAgain() {
    while (!this.#isOver) {
      const from = performance.now();
      await this.#signIn().then(
        () => this.waits.push(performance.now() - from),
        () => this.failures++,
      );
      await sleep(Math.max(0, EVERY_MS - (performance.now() - from)));
    }
  }

  async #signIn() {
    const context = await this.browser.newContext({ ignoreHTTPSErrors: true, locale: 'fr-FR' });
    try {
      await withIn(PATIENCE_MS, this.#through(await context.newPage()));
    } finally {
      await context.close();
    }
  }

  /** Presses again while the page stays, after the wait that the page shows. */
  async #through(page) {
    const person = this.nextPerson();
    const address = this.platform.addressOf(person);
    const code = page.getByRole('textbox', { name: 'Code' });
    while (!(await page.goto(`https://${this.platform.host}/connexion`).catch(() => null))?.ok())
      await sleep(500);
    await page.getByLabel('Identifiant', { exact: true }).fill(person.username);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    do await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    while (!(await appears(code)));
    await code.fill(await this.platform.carriers.codeFor(address, PATIENCE_MS));
    do
      await page.getByRole('button', { name: 'Valider' }).click().catch(() => undefined); // prettier-ignore
    while (!(await leaves(page)));
  }
}

function appears(locator) {
  return locator.waitFor({ timeout: 6_000 }).then(
    () => true,
    () => false,
  );
}

function leaves(page) {
  return page
    .waitForURL(({ pathname }) => !pathname.startsWith('/connexion'), { timeout: 6_000 })
    .then(
      () => true,
      () => false,
    );
}

function withIn(ms, work) {
  const late = sleep(ms, undefined, { ref: false }).then(() => Promise.reject(new Error('too long')));
  return Promise.race([work, late]);
}
