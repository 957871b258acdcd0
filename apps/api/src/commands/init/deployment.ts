import { SystemClock, SystemRandom } from '@portillon/kernel';
import { newKeyText } from '../../settings/demo-keys';
import { isSecret } from '../../settings/secret-files';
import type { AccountPasswords } from './database-accounts';
import { databaseAnswer, MIGRATING, SERVING, urlOf } from './database-answer';
import { type Answers, type Collected, environmentOf, hostOf, type SettingValues } from './questions';
import type { KeptSecret } from './kept-secret.types';
import { parseTls, type Tls } from './tls-answer';

/** The account that migrates has a separate file, which only `portillon migrate` and `restore clean` read. */
export const MIGRATING_URL = 'MIGRATE_DATABASE_URL';

/** What the answers decide. */
export interface Deployment {
  answers: Answers;
  publicUrl: string;
  host: string;
  tls: Tls;
  /** Settings that are no secrets. */
  settings: SettingValues;
  /** Secrets, with {@link MIGRATING_URL}. */
  secrets: SettingValues;
  passwords: AccountPasswords;
}

/** Combines answers with new secrets, or with those of an earlier run. */
export function deploymentOf({ answers, settings: further }: Collected, kept: KeptSecret): Deployment {
  const environment = environmentOf(answers, further);
  const publicUrl = environment['PUBLIC_URL']!;
  const passwords = {
    serving: passwordOf(kept('DATABASE_URL')),
    migrating: passwordOf(kept(MIGRATING_URL)),
  };
  const { url } = databaseAnswer(answers.database);
  const all = {
    ...environment,
    SECRET_KEYS: further['SECRET_KEYS'] ?? kept('SECRET_KEYS') ?? newKeyText(),
    DATABASE_URL: urlOf(url, { name: SERVING, password: passwords.serving }),
    [MIGRATING_URL]: urlOf(url, { name: MIGRATING, password: passwords.migrating }),
  };
  const [secrets, settings] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => isSecretFile(name) === wanted)),
  ) as [SettingValues, SettingValues];
  const tls = parseTls(answers.tls);
  return { answers, publicUrl, host: hostOf(publicUrl), tls, settings, secrets, passwords };
}

/** Name of a secret's file: `SMTP_URL` is in `smtp-url`. */
export function secretFileName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function isSecretFile(name: string): boolean {
  return name === MIGRATING_URL || isSecret(name);
}

/** The password in the URL of an earlier run, or a new one. */
function passwordOf(url: string | undefined): string {
  return (url && new URL(url).password) || new SystemRandom(new SystemClock()).bytes(24).toString('hex');
}
