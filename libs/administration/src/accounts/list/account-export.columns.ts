import { type Account, identityDueAt } from '@portillon/account';
import { dayAndTimeInParis } from '@portillon/kernel';

export const EXPORT_FORMS = ['raw', 'fr'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

type Column = readonly [title: string, cell: (account: Account, locked: boolean) => string | null];

/** For machines: the titles are those that an import reads. */
const RAW: Column[] = [
  ['username', (one) => one.username],
  ['name', (one) => one.displayName],
  ['email', (one) => one.email],
  ['status', (one) => one.status],
  ['role', (one) => one.roles.join(' ')],
  ['structure', (one) => one.structure?.name ?? null],
  ['national_id', (one) => one.nationalId],
  ['language', (one) => one.locale],
  ['created', (one) => one.createdAt.toISOString()],
  ['last_signed_in', (one) => one.lastSignedInAt?.toISOString() ?? null],
  ['locked', (_, locked) => String(locked)],
  ['identity_verified_by', (one) => one.identity?.method ?? null],
  ['identity_verified', (one) => one.identity?.at.toISOString() ?? null],
  ['identity_due', (one) => one.identity && identityDueAt(one.identity).toISOString()],
  ['directory', (one) => one.directory?.state ?? null],
  ['first_name', (one) => one.givenName],
  ['last_name', (one) => one.familyName],
];

const STATUS = { ACTIVE: 'Actif', INVITED: 'Invité', DEACTIVATED: 'Désactivé' };
const METHOD = { 'pro-sante-connect': 'Pro Santé Connect', card: 'Carte', 'face-to-face': 'Face à face' };
const DIRECTORY = { found: 'Connu', 'not-found': 'Inconnu', unknown: 'Identifiant d’un autre type' };
const LANGUAGE = { fr: 'Français', en: 'Anglais' };
const ROLES: Record<string, string> = {
  professional: 'Professionnel',
  'structure-admin': 'Administrateur de la structure',
  'national-admin': 'Administrateur national',
  auditor: 'Auditeur',
};

/** For people: the words of the pages, and the time of Paris. */
const FRENCH: Column[] = [
  ['Identifiant', (one) => one.username],
  ['Nom', (one) => one.displayName],
  ['Adresse e-mail', (one) => one.email],
  ['État', (one) => STATUS[one.status]],
  ['Rôles', (one) => one.roles.map((role) => ROLES[role] ?? role).join(', ')],
  ['Structure', (one) => one.structure?.name ?? null],
  ['Identifiant national', (one) => one.nationalId],
  ['Langue', (one) => LANGUAGE[one.locale]],
  ['Créé le (heure de Paris)', (one) => dayAndTimeInParis(one.createdAt)],
  [
    'Dernière connexion (heure de Paris)',
    (one) => one.lastSignedInAt && dayAndTimeInParis(one.lastSignedInAt),
  ],
  ['Blocage', (_, locked) => (locked ? 'Bloqué' : 'non')],
  ['Identité vérifiée par', (one) => one.identity && METHOD[one.identity.method]],
  ['Identité vérifiée le (heure de Paris)', (one) => one.identity && dayAndTimeInParis(one.identity.at)],
  [
    'Identité à revoir le (heure de Paris)',
    (one) => one.identity && dayAndTimeInParis(identityDueAt(one.identity)),
  ],
  ['Annuaire Santé', (one) => one.directory && DIRECTORY[one.directory.state]],
];

export const EXPORT_COLUMNS: Record<ExportForm, Column[]> = { raw: RAW, fr: FRENCH };
