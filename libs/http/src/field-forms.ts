import type { FieldTexts } from '@portillon/kernel';

type Text = FieldTexts[string];

const like = (fr: string, en = fr): Text => ({
  fr: `Forme attendue\u00a0: ${fr}.`,
  en: `Expected form: ${en}.`,
});

const EMAIL: Text = {
  fr: 'Écrivez une adresse entière, par exemple claire.martin@hopital.example.',
  en: 'Write a whole address, such as claire.martin@hopital.example.',
};
const NAME_PART: Text = { fr: 'Écrivez un nom de 1 à 99 signes.', en: 'Write a name of 1 to 99 characters.' };
const PHONE = like('01 23 45 67 89');
const PAGE = like('https://service.example/page');
const DAY = like('2026-11-24');
const INSTANT = like('2026-11-24T10:00:00Z');
const LIST = like(
  'une liste de 20 valeurs au plus, chacune une fois',
  'a list of at most 20 values, each of them once',
);
const LEVEL = like('eidas1, eidas1-mfa, eidas2, eidas3');

/** The form that a field requires, by its name in any body, query or file. */
const FORMS: Readonly<Record<string, Text>> = {
  accent: like('#0a5650'),
  access: like('public, signed-in, closed'),
  accessibilityAuditedOn: DAY,
  accessibilityAuditor: like('le nom de l’auditeur', 'the name of the auditor'),
  accessibilityEmail: EMAIL,
  acr: LEVEL,
  audienceProfessions: LIST,
  audienceRoles: LIST,
  audienceStructures: LIST,
  auditedOn: DAY,
  clientId: like(
    '3 à 36 signes parmi a-z, 0-9 et -, le premier sans -',
    '3 to 36 characters of a-z, 0-9 and -, and no - first',
  ),
  code: like(
    'les 6 à 10 chiffres du code, ou un code de secours entier\u00a0; dans le journal, la référence du message',
    'the 6 to 10 digits of the code, or a whole recovery code; in the journal, the reference of the message',
  ),
  credential: like(
    'la réponse de navigator.credentials, en JSON',
    'the answer of navigator.credentials, as JSON',
  ),
  cursor: like('le nextCursor d’une page de cette liste', 'the nextCursor of a page of this list'),
  dataProtectionEmail: EMAIL,
  displayName: { fr: 'Écrivez un nom de 1 à 200 signes.', en: 'Write a name of 1 to 200 characters.' },
  email: EMAIL,
  establishedOn: DAY,
  externalId: like('1 à 255 signes sur une ligne', '1 to 255 characters on one line'),
  familyName: NAME_PART,
  file: like(
    'un tableau CSV en UTF-8, sa première ligne nomme les colonnes',
    'CSV in UTF-8, the columns in line 1',
  ),
  finess: like('750712184'),
  function: {
    fr: 'Écrivez une ligne de 1 à 80 signes.',
    en: 'Write a line of 1 to 80 characters.',
  },
  from: like(
    '2026-11-24, ou 2026-11-24T10:00:00Z dans le journal',
    '2026-11-24, or 2026-11-24T10:00:00Z in the journal',
  ),
  givenName: NAME_PART,
  head: like(
    'un nombre, «\u00a0:\u00a0» et 64 signes parmi 0-9 et a-f',
    'a number, “:” and 64 characters of 0-9 and a-f',
  ),
  hostPhone: PHONE,
  identityRequiredFrom: INSTANT,
  limit: like('un nombre de 1 à 100', 'a number from 1 to 100'),
  maxAgeSeconds: like(
    'un nombre de secondes, 86400 au plus\u00a0; dans une règle, 60 au moins',
    'a number of seconds, at most 86400; in a rule, at least 60',
  ),
  methods: like('GET, POST, chacune une fois', 'GET, POST, each of them once'),
  minAcr: LEVEL,
  name: like(
    '1 à 200 signes sur une ligne\u00a0; dans le journal, authn_code_sent',
    '1 to 200 characters on one line; in the journal, authn_code_sent',
  ),
  nationalId: {
    fr: 'Écrivez celui de la carte CPx ou de l’e-CPS, par exemple 899700366240.',
    en: 'Write that of the CPx card or the e-CPS, such as 899700366240.',
  },
  paths: like(
    '/admin, /assets, chacun une fois et sans «\u00a0/\u00a0» à la fin',
    '/admin, /assets, each of them once and without “/” at its end',
  ),
  phone: PHONE,
  phoneNumber: like('06 12 34 56 78, ou +33 6 12 34 56 78', '06 12 34 56 78, or +33 6 12 34 56 78'),
  planUrl: PAGE,
  postLogoutRedirectUris: LIST,
  publisherPhone: PHONE,
  receivedOn: DAY,
  startsOn: DAY,
  redirectUris: LIST,
  request: like(
    'l’identifiant d’une requête, 32 signes parmi 0-9 et a-f',
    'the id of a request, 32 characters of 0-9 and a-f',
  ),
  resources: like(
    'https://api.example lits:lire, chacune une fois',
    'https://api.example beds:read, each of them once',
  ),
  roles: like(
    'professional, structure-admin, chacun une fois',
    'professional, structure-admin, each of them once',
  ),
  rules: like(
    '100 règles au plus, d’une application derrière le proxy',
    'at most 100 rules, of an application behind the proxy',
  ),
  schemeUrl: PAGE,
  secret: like('whsec_ et 32 à 64 signes de base64', 'whsec_ and 32 to 64 characters of base64'),
  secretRef: like('env:NOM ou file:/chemin', 'env:NAME or file:/path'),
  siret: like('26750045200011'),
  strongMeansFrom: INSTANT,
  structures: LIST,
  to: like(
    '2026-11-24, ou 2026-11-24T10:00:00Z dans le journal',
    '2026-11-24, or 2026-11-24T10:00:00Z in the journal',
  ),
  until: like('un moment à venir, 2027-06-30T22:00:00Z', 'a time in the future, 2027-06-30T22:00:00Z'),
  updatedOn: DAY,
  username: {
    fr: 'Écrivez 2 à 64 signes\u00a0: des lettres et des chiffres, puis aussi . _ @ + - et l’apostrophe.',
    en: 'Write 2 to 64 characters: letters and digits, then also . _ @ + - and the apostrophe.',
  },
};

/** As `ErrorCatalogService` looks them up. */
export const fieldForms: FieldTexts = Object.fromEntries(
  Object.entries(FORMS).map(([field, text]) => [`format ${field}`, text]),
);
