import { expect, type Page } from '@playwright/test';
import { Server } from './server';
import { test as base } from './test';

interface Watched {
  ceremonies: CredentialRequestOptions[];
}

/** Tests whose server takes passkeys and authenticator apps. */
export const testWithPasskeys = base.extend({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const ready = () => Promise.resolve({ PASSKEYS: 'on', TOTP: 'on', RECOVERY_CODES: 'on' });
      const server = await Server.open({ scheme: 'http', origins: () => [], ready });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

type Key = Awaited<ReturnType<typeof plugIn>>;

/** Adds the key that is plugged in, in « Mon compte » or where one is to be added. */
export async function addPasskey(page: Page, key: Key, said = 'elle vous connecte désormais'): Promise<void> {
  await key.touch(true);
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ajouter une clé d’accès' });
  await dialog.getByLabel('Nom de la clé d’accès').fill('Clé de bureau');
  await dialog.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await expect(page.getByText(said)).toBeVisible();
  await key.touch(false);
}

/** The ceremonies that this page began, and whether each still waits for the person. */
export function ceremoniesOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (window as unknown as Watched).ceremonies.map(
      ({ mediation, signal }) => `${mediation ?? 'asked'}, ${signal!.aborted ? 'aborted' : 'waiting'}`,
    ),
  );
}

/**
 * Makes the person present for the ceremonies that begin from now on, and not for the proposals of the sign-in page.
 */
export async function beThereOnceProposed(page: Page, key: Key): Promise<void> {
  await expect.poll(async () => (await ceremoniesOf(page)).at(-1)).toBe('conditional, waiting');
  await key.touch(true);
}

/** Keeps what is asked of the browser, since a ceremony that waits shows in no page. */
function watchCeremonies(): void {
  const { credentials } = navigator;
  const get = credentials.get.bind(credentials);
  const watched = ((window as unknown as Watched).ceremonies = [] as CredentialRequestOptions[]);
  credentials.get = (options) => {
    watched.push(options!);
    return get(options);
  };
}

/** Chromium's virtual authenticator: a security key of this page, which the person may touch and unlock. */
export async function plugIn(page: Page) {
  await page.addInitScript(watchCeremonies);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  });
  const touch = (enabled: boolean) =>
    devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  return {
    /** Whether the person is present to touch it, for the ceremonies that begin from now on. */
    touch,
    /** Whether the person gives the right PIN or finger from now on. */
    unlock: (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}
