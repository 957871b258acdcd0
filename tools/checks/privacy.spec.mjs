import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const PAGE = readFileSync(join(ROOT, 'apps/web/src/features/information/PrivacyPage.vue'), 'utf8');
const [FR, EN] = ['fr', 'en'].map(
  (language) =>
    JSON.parse(readFileSync(join(ROOT, `apps/web/src/locales/${language}/information.json`), 'utf8')).privacy,
);

/** What the page says of each table; `null`: nothing in it is of a person. A new table is told here and there. */
const LINES = {
  account: 'account',
  accountGuard: null,
  accountImport: 'imports',
  accountImportLine: 'imports',
  accountTerm: 'account',
  accountToken: 'links',
  application: null,
  applicationOrigin: null,
  applicationRefusal: null,
  applicationSecret: null,
  auditCounter: 'statistics',
  auditEvent: 'journal',
  auditProof: 'journal',
  auditReading: 'journal',
  auditSeal: 'journal',
  auditStream: null,
  emailChange: 'changes',
  gateRule: null,
  gateSession: 'applications',
  gateSignIn: 'applications',
  idempotencyKey: 'limits',
  keyAnnouncement: null,
  // The names in it are published on a page of their own, as the law asks.
  legalNotice: null,
  listPreference: 'account',
  notice: 'messages',
  notification: 'messages',
  notificationPace: 'messages',
  openidArtifact: 'applications',
  openidLogoutDelivery: 'applications',
  openidSessionClient: 'applications',
  otpChallenge: 'codes',
  otpSubject: 'codes',
  passkey: 'means',
  passkeyOwner: 'means',
  passwordAttempt: 'limits',
  pendingChange: 'changes',
  pscChoice: 'proSanteConnect',
  pscLogout: 'proSanteConnect',
  pscRequest: 'proSanteConnect',
  pscSession: 'proSanteConnect',
  rateLimit: 'limits',
  recoveryCode: 'means',
  rememberedBrowser: 'sessions',
  resetRequest: 'links',
  session: 'sessions',
  setupConfirmation: null,
  signIn: 'codes',
  signingKey: null,
  smsProvider: null,
  smsRoute: null,
  structure: null,
  structureLogo: null,
  structureNetwork: null,
  ticket: 'codes',
  totp: 'means',
  usedChallenge: 'means',
  webhookDelivery: 'recipients',
  webhookEndpoint: 'recipients',
};

it('tell what every table keeps', () => {
  const tables = readdirSync(join(ROOT, 'libs'), { recursive: true })
    .filter((file) => /^[^/]+\/src\/.*\.entity\.ts$/.test(file) && !file.includes('/testing/'))
    .map((file) => /@Entity\('(\w+)'\)/.exec(readFileSync(join(ROOT, 'libs', file), 'utf8'))?.[1])
    .filter(Boolean);
  expect([...new Set(tables)].sort()).toEqual(Object.keys(LINES).sort());
  for (const line of Object.values(LINES)) if (line) expect(FR.kept).toHaveProperty(line);
});

it.each(['kept', 'cookie'])('show every line of "%s" in both languages', (list) => {
  expect(Object.keys(EN[list]).sort()).toEqual(Object.keys(FR[list]).sort());
  for (const line of Object.keys(FR[list])) expect(PAGE).toContain(`'${line}',`);
});
