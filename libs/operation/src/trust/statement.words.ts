import type { Reservation, ReservationState } from './reservation.types';

export const MEANS = {
  'pro-sante-connect': 'Pro Santé Connect',
  cpx: 'carte CPx lue directement',
  passkey: 'clé d’accès',
  'password+mail': 'mot de passe et code par e-mail',
  'password+sms': 'mot de passe et code par SMS',
  'password+otp': 'mot de passe et code d’une application',
  'recovery-code': 'codes de secours imprimés',
};

/** The means that may administer, as the signed documents name them. */
export const ADMINISTERING = {
  'pro-sante-connect': MEANS['pro-sante-connect'],
  cpx: MEANS.cpx,
  passkey: MEANS.passkey,
  'proven-passkey': 'clé d’accès ajoutée avec une identité vérifiée',
  password: 'mot de passe et code',
  emergency: 'mot de passe et code pendant un accès d’urgence',
};

export const PROTECTIONS = {
  'tls-here': 'TLS, terminé par ce serveur',
  'tls-proxy': 'HTTPS ; le TLS est terminé par un relais, hors de ce relevé',
  'tls-verified': 'TLS, certificat vérifié',
  'tls-unverified': 'TLS, certificat non vérifié',
  'tls-if-offered': 'TLS si le serveur l’offre, sinon en clair',
  'same-machine': 'sur la même machine',
  plain: 'EN CLAIR',
};

export const LINKS = {
  public: 'pages et API',
  database: 'base de données',
  replica: 'réplique de la base',
  redis: 'Redis',
  smtp: 'relais de messagerie',
  sms: 'opérateur de SMS',
  'pro-sante-connect': 'Pro Santé Connect',
  annuaire: 'Annuaire Santé',
  'audit-stream': 'collecteur du journal',
};

export const RETENTIONS = {
  journal: 'journal',
  imports: 'fichiers de comptes importés',
  messages: 'messages envoyés, sans leur contenu',
  sessions: 'sessions et navigateurs reconnus, après leur fin',
  codes: 'codes, après leur fin',
  'webhook-deliveries': 'envois de webhooks',
  'unused-accounts': 'compte sans usage, avant sa désactivation',
  'closed-accounts': 'compte désactivé, avant son effacement',
};

export const STATES: Record<ReservationState, string> = {
  forbidden: 'INTERDIT',
  due: 'À FAIRE',
  reserved: 'réserve',
};

export const SCHEMES: Record<Reservation['scheme'], string> = {
  service: 'tout le service',
  codes: 'mot de passe et code',
  card: 'carte lue directement',
  accounts: 'comptes et moyens des personnes',
  administration: 'administration',
};

/** Fields of the legal texts, as their page names them. */
export const LEGAL_FIELDS: Partial<Record<string, string>> = {
  publisherName: 'éditeur',
  publisherAddress: 'adresse de l’éditeur',
  publisherPhone: 'téléphone de l’éditeur',
  publicationDirector: 'directeur de la publication',
  hostName: 'hébergeur',
  hostAddress: 'adresse de l’hébergeur',
  hostPhone: 'téléphone de l’hébergeur',
  dataProtectionEmail: 'adresse du délégué à la protection des données',
  accessibilityEmail: 'adresse pour l’accessibilité',
  accessibilityDeclaration: 'déclaration d’accessibilité (SITE_STATEMENTS, accessibility.yaml)',
  accessibilityScheme: 'schéma pluriannuel de mise en accessibilité (accessibility.yaml)',
  accessibilityPlan: 'plan d’actions de l’année pour l’accessibilité (accessibility.yaml)',
};

export type StatedMeansName = keyof typeof MEANS;
/** A means that may administer, a passkey that was enrolled with a verified identity, or an emergency access. */
export type AdministeringMeans = keyof typeof ADMINISTERING;
/** How the settings protect the data between two parts. */
export type Protection = keyof typeof PROTECTIONS;

/** The references of the clauses. */
export const NOT_ADOPTED = 'projet RIE v2, non adopté à ce jour';
export const RIE_V1 = 'RIE v1.0';
/** The date on which they were read. The draft's standstill ends on 15 December 2026. */
export const READ_ON = '29 novembre 2026';
export const OF_LAW = 'loi et règlement';
export const SECOND_HAND = 'guides, relevés de seconde main';
export const OURS = 'règle de Portillon';

const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' });

/** `29 novembre 2026`. */
export function frenchDay(time: Date): string {
  return day.format(time).replace(/^1(?= )/, '1er');
}

/** `0 structure`, `1 structure`, `2 structures`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('fr-FR')} ${count > 1 ? several : one}`;
}

/** `12 heures`, `de 12 à 24 heures selon les structures`. */
export function hourSpan(least: number, most: number): string {
  return least === most
    ? counted(most, 'heure')
    : `de ${least} à ${counted(most, 'heure')} selon les structures`;
}

/** Replaces plain spaces with the non-breaking ones of French typography. */
export function french(text: string): string {
  return text
    .replace(/ (?=[;!?])/g, '\u202f')
    .replace(/ (?=[:»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0');
}
