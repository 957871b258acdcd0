import { addMilliseconds } from '@portillon/kernel';
import type { CommitRisk } from '@portillon/persistence';
import { ENROLMENT_MS } from '@portillon/structure';
import type { Reservation } from './reservation.types';
import type { DeploymentFacts } from './statement.types';
import {
  counted,
  frenchDay,
  hourSpan,
  NOT_ADOPTED,
  OF_LAW,
  OURS,
  RIE_V1,
  SECOND_HAND,
  LEGAL_FIELDS,
  MEANS,
} from './statement.words';
import type { StatedMeansName } from './statement.words';

type Rule = Omit<Reservation, 'found' | 'plan'> & {
  /** The deviation from the clause; undefined without one. */
  found: (facts: DeploymentFacts) => string | null;
  plan: string | ((facts: DeploymentFacts) => string);
};

/** PS 10 (hours) and PS 18 of the draft. */
const SINGLE_FACTOR_HOURS = 4;
const LIFTED_BY = new Date('2028-12-31T23:00:00Z');

const LOSSY_SETTINGS: Partial<Record<CommitRisk, string>> = {
  flush: 'innodb_flush_log_at_trx_commit',
  'binary-log': 'sync_binlog',
};

/** Deviations from the rules of this field, in this order: forbidden, due, reserved. */
const RULES: Rule[] = [
  {
    id: 'password-alone',
    clause: 'EXI RIE-PS 17',
    source: NOT_ADOPTED,
    state: 'forbidden',
    scheme: 'codes',
    says: 'Un mot de passe comme seul facteur, sur un service exposé à Internet, ne peut pas faire l’objet d’une réserve.',
    found: ({ codeWindow: { scope, laxestHours } }) =>
      scope === 'account' && laxestHours
        ? `CODE_WINDOW_SCOPE=account : après un code, le mot de passe seul ouvre depuis n’importe quel navigateur pendant ${counted(laxestHours, 'heure')}.`
        : null,
    plan: 'Mettre CODE_WINDOW_SCOPE=browser, retirer ACCEPT_RISK, redémarrer.',
  },
  {
    id: 'recovery-codes',
    clause: 'EXI RIE-PS 16 et 17',
    source: NOT_ADOPTED,
    state: 'forbidden',
    scheme: 'accounts',
    says: 'Un moyen de secours que la personne active seule ne peut pas faire l’objet d’une réserve.',
    found: (facts) =>
      isOn(facts, 'recovery-code')
        ? 'RECOVERY_CODES=on : avec un code imprimé, la personne ajoute seule un moyen de connexion.'
        : null,
    plan: 'Mettre RECOVERY_CODES=off, redémarrer : l’accès d’urgence, ouvert par un administrateur pour 24 heures au plus, le remplace.',
  },
  {
    id: 'no-pro-sante-connect',
    clause: 'EXI 04',
    source: RIE_V1,
    state: 'due',
    scheme: 'service',
    says: 'Un service sensible accepte Pro Santé Connect depuis 2023.',
    found: (facts) => (isOn(facts, 'pro-sante-connect') ? null : 'Pro Santé Connect n’est pas proposé.'),
    plan: 'Raccorder le service : PSC_DISCOVERY_URL, PSC_CLIENT_ID et son secret ou son certificat.',
  },
  {
    id: 'legal-notice',
    clause: 'LCEN, article 1-1 ; RGPD, article 13 ; décret 2019-768',
    source: OF_LAW,
    state: 'due',
    scheme: 'service',
    says: 'L’exploitant publie qui édite et qui héberge le service, et à qui écrire pour les données et l’accessibilité.',
    found: ({ missingLegalTexts: missing }) =>
      missing.length > 0
        ? `Il manque : ${missing.map((field) => LEGAL_FIELDS[field] ?? field).join(', ')}.`
        : null,
    plan: ({ missingLegalTexts: missing }) => planOfTexts(missing),
  },
  {
    id: 'pkce-off',
    clause: 'RFC 9700, 2.1.1',
    source: OURS,
    state: 'due',
    scheme: 'service',
    says: 'PKCE ou un nonce lie un code à la demande de connexion : volé, il ne sert à personne.',
    found: ({ applicationsWithoutPkce: n }) => (n > 0 ? `Applications sans PKCE ni nonce : ${n}.` : null),
    plan: 'Régler PKCE de ces applications (« portillon doctor » les nomme), puis retirer pkce-off d’ACCEPT_RISK.',
  },
  {
    id: 'not-production',
    clause: 'NODE_ENV',
    source: OURS,
    state: 'due',
    scheme: 'service',
    says: 'Seul un déploiement en production se signe : ailleurs, des règles de sûreté des réglages ne sont pas imposées.',
    found: ({ production }) => (production ? null : 'NODE_ENV n’est pas « production ».'),
    plan: 'Faire ce relevé sur le déploiement en production.',
  },
  {
    id: 'journal-not-proven',
    clause: 'journal prouvé',
    source: OURS,
    state: 'due',
    scheme: 'service',
    says: 'Qui signe peut montrer que rien n’a été altéré dans le journal.',
    found: ({ journal: { proof } }) =>
      proof?.verdict === 'NOT PROVEN' ? `La preuve du ${frenchDay(proof.endedAt)} a échoué.` : null,
    plan: 'Traiter ce que « portillon audit verify » nomme comme un incident, puis refaire la preuve.',
  },
  {
    id: 'commits-lost',
    clause: 'base de données durable',
    source: OURS,
    state: 'due',
    scheme: 'service',
    says: 'Un code utilisé, une session fermée ou une ligne du journal le restent après une coupure de courant.',
    found: ({ commitRisks }) => {
      const settings = commitRisks.flatMap((risk) => LOSSY_SETTINGS[risk] ?? []);
      return settings.length > 0
        ? `Réglage de la base de données qui peut défaire ce qui a été confirmé : ${settings.join(', ')} ne vaut pas 1.`
        : null;
    },
    plan: 'Mettre 1 sur chaque serveur de base de données, le redémarrer, puis lancer « portillon doctor ».',
  },
  {
    id: 'transition-over',
    clause: 'EXI 03',
    source: RIE_V1,
    state: 'reserved',
    scheme: 'codes',
    says: 'Hors Pro Santé Connect, carte, moyen homologué ou de niveau substantiel, un moyen de transition était admis jusqu’au 31 décembre 2025 au plus tard.',
    found: (facts) => {
      const names = opening(facts).filter((name) => name !== 'cpx');
      return names.length > 0 ? `Ouvrent, sans homologation connue de l’outil : ${wordsOf(names)}.` : null;
    },
    plan: (facts) =>
      facts.codesOpen
        ? planOf(facts)
        : 'Faire homologuer ces moyens, ou les fermer : Pro Santé Connect et la carte restent.',
  },
  {
    id: 'outside-pro-sante-connect',
    clause: 'EXI RIE-PS 02 (3)',
    source: NOT_ADOPTED,
    state: 'reserved',
    scheme: 'service',
    says: 'Chaque moyen hors Pro Santé Connect demande une attestation, avec ses réserves, au plus tard le 31 décembre 2026.',
    found: (facts) => {
      const names = opening(facts);
      return names.length > 0 ? `Moyens ouverts hors Pro Santé Connect : ${wordsOf(names)}.` : null;
    },
    plan: 'Signer et remettre l’attestation (portillon trust --attestation), la renouveler chaque année tant que des réserves demeurent.',
  },
  {
    id: 'card-directly',
    clause: 'EXI RIE-PS 02 (4)',
    source: NOT_ADOPTED,
    state: 'reserved',
    scheme: 'card',
    says: 'La carte lue directement, hors Pro Santé Connect, est pour les services historiques que l’ANS y a autorisés, ou sous attestation.',
    found: (facts) => (isOn(facts, 'cpx') ? 'La carte est lue directement (CPX_TRUST_FILE).' : null),
    plan: 'Joindre la référence de l’autorisation de l’ANS, ou retirer CPX_TRUST_FILE : la carte s’utilise aussi par Pro Santé Connect.',
  },
  {
    id: 'service-cards',
    clause: 'EXI 06',
    source: RIE_V1,
    state: 'reserved',
    scheme: 'card',
    says: 'La carte est nominative.',
    found: ({ serviceCards }) =>
      serviceCards ? 'CPX_ALLOW_SERVICE_CARDS=true : des cartes de service, sans nom, sont acceptées.' : null,
    plan: 'Mettre CPX_ALLOW_SERVICE_CARDS=false, redémarrer.',
  },
  {
    id: 'identity-not-proven',
    clause: 'EXI RIE-PS 07 ; EXI 01 et 11',
    source: `${NOT_ADOPTED} ; ${RIE_V1}`,
    state: 'reserved',
    scheme: 'accounts',
    says: 'L’identité est vérifiée à l’enrôlement (Pro Santé Connect, moyen eIDAS ou face à face), les coordonnées par un code, et l’existence au RPPS contrôlée.',
    found: identityNotProven,
    plan: 'Faire vérifier ces identités : par Pro Santé Connect, par la carte, ou en face à face par un administrateur (« Statistiques » en donne la liste) ; régler ANNUAIRE_URL.',
  },
  {
    id: 'no-renewal',
    clause: 'EXI RIE-PS 08 ; EXI 27',
    source: `${NOT_ADOPTED} ; ${RIE_V1}`,
    state: 'reserved',
    scheme: 'accounts',
    says: 'Réenrôlement tous les 3 ans au plus ; identifiant national revérifié tous les 2 ans au plus.',
    found: identityNotRenewed,
    plan: 'Revoir ces identités (liste « Identité à revoir » des comptes) ; régler ANNUAIRE_URL.',
  },
  {
    id: 'not-two-categories',
    clause: 'EXI RIE-PS 09 ; EXI 13 et 22',
    source: `${NOT_ADOPTED} ; ${RIE_V1}`,
    state: 'reserved',
    scheme: 'codes',
    says: 'L’authentification à distance réunit deux facteurs de catégories différentes.',
    found: (facts) => {
      const { mail, sms } = facts.people;
      return facts.codesOpen
        ? `Un code par e-mail prouve l’accès à une boîte aux lettres, pas un second facteur ; un code par SMS ne résiste pas à l’hameçonnage. Sans moyen fort : ${counted(mail, 'personne')} par e-mail, ${counted(sms, 'personne')} par SMS.`
        : null;
    },
    plan: planOf,
  },
  {
    id: 'long-single-factor',
    clause: 'EXI RIE-PS 10 ; EXI 14',
    source: `${NOT_ADOPTED} ; ${RIE_V1}`,
    state: 'reserved',
    scheme: 'codes',
    says: 'Après une authentification complète, la période à un seul facteur ne devrait pas dépasser 4 heures.',
    found: ({ codeWindow: { strictestHours, laxestHours } }) =>
      (laxestHours ?? 0) > SINGLE_FACTOR_HOURS
        ? `Un code accepté tient ${hourSpan(strictestHours!, laxestHours!)} ; le mot de passe suffit pendant ce temps.`
        : null,
    plan: `Mettre CODE_WINDOW_HOURS à ${SINGLE_FACTOR_HOURS} ou moins, ou la durée de chaque structure dans ses règles de connexion.`,
  },
  {
    id: 'session-that-moves',
    clause: 'EXI RIE-PS 13',
    source: NOT_ADOPTED,
    state: 'reserved',
    scheme: 'service',
    says: 'Une politique dit ce que fait le service quand l’adresse ou le navigateur change pendant une session.',
    found: ({ sessionIdleMinutes, sessionMaxHours }) =>
      `Les durées sont tenues (${counted(sessionIdleMinutes, 'minute')} sans usage, ${counted(sessionMaxHours, 'heure')} au plus) ; mais un changement d’adresse ou de navigateur ne ferme pas la session.`,
    plan: 'L’exploitant justifie ce choix (adresses partagées et changeantes des hôpitaux) ; « Activité » et le journal montrent les adresses.',
  },
  {
    id: 'no-end-date',
    clause: 'EXI RIE-PS 18',
    source: NOT_ADOPTED,
    state: 'reserved',
    scheme: 'codes',
    says: 'Les réserves sont levées au plus tard le 31 décembre 2028.',
    found: undated,
    plan: 'Donner à chaque structure la date de ses moyens forts (« Règles de connexion »), au plus tard mi-décembre 2028 ; rattacher à une structure les personnes qui n’en ont pas.',
  },
  {
    id: 'administrators-by-password',
    clause: 'ANSSI PG-078, R1 ; CNIL 2025-019',
    source: SECOND_HAND,
    state: 'reserved',
    scheme: 'administration',
    says: 'Qui administre s’authentifie par plusieurs facteurs ; un code par e-mail n’en est pas un second.',
    found: ({ administering }) =>
      administering.includes('password')
        ? 'ADMIN_STRONG_MEANS=false : un mot de passe et un code par e-mail administrent tout le service.'
        : null,
    plan: 'Lier une carte ou une e-CPS à chaque administrateur, puis mettre ADMIN_STRONG_MEANS=true.',
  },
];

/** A deployment's deviations from the rules of its field. */
export function reservationsOf(facts: DeploymentFacts): Reservation[] {
  return RULES.flatMap(({ found, plan, ...rule }) => {
    const text = found(facts);
    if (text === null) return [];
    return [{ ...rule, found: text, plan: typeof plan === 'string' ? plan : plan(facts) }];
  });
}

/** Whether an attestation with these reservations may be signed. */
export function isSignable(reservations: readonly Reservation[]): boolean {
  return reservations.every(({ state }) => state === 'reserved');
}

function isOn({ means }: DeploymentFacts, name: StatedMeansName): boolean {
  return means.some((one) => one.means === name && one.on);
}

/** The means outside Pro Santé Connect that open a session in some structure. A recovery code opens none. */
function opening({ means }: DeploymentFacts): StatedMeansName[] {
  const others = means.filter((one) => one.opens).map((one) => one.means);
  return others.filter((name) => name !== 'pro-sante-connect' && name !== 'recovery-code');
}

function wordsOf(names: readonly StatedMeansName[]): string {
  return names.map((name) => MEANS[name]).join(', ');
}

/** Texts that are stored only in files have no field on the page. */
function planOfTexts(missing: readonly string[]): string {
  const ofFiles = missing.filter((field) => /^accessibility(?:Declaration|Scheme|Plan)$/.test(field));
  return [
    ...(ofFiles.length < missing.length
      ? ['Compléter « Mentions légales » dans « Administration » (/administration/mentions-legales).']
      : []),
    ...(ofFiles.length > 0
      ? [
          'Écrire la déclaration d’accessibilité (accessibility.yaml) dans le dossier de SITE_STATEMENTS, redémarrer.',
        ]
      : []),
  ].join(' ');
}

function planOf({ structures: { dated, withoutDate } }: DeploymentFacts): string {
  if (dated.length === 0)
    return 'Aucune date n’est posée : en donner une à chaque structure (« Règles de connexion »).';
  const dates = dated.map((one) => firstOf([one.strongMeansFrom, one.proSanteConnectFrom]).getTime());
  const last = frenchDay(new Date(dates.sort((one, other) => one - other).at(-1)!));
  return `Dates posées : ${counted(dated.length, 'structure')}, la dernière le ${last}. Sans date : ${counted(withoutDate, 'structure')}.`;
}

function undated(facts: DeploymentFacts): string | null {
  const { structures, people } = facts;
  const late = structures.dated.filter(({ strongMeansFrom, proSanteConnectFrom }) => {
    const closing = strongMeansFrom && addMilliseconds(strongMeansFrom, ENROLMENT_MS);
    return firstOf([closing, proSanteConnectFrom]) > LIFTED_BY;
  }).length;
  if (!facts.codesOpen || structures.withoutDate + late + people.outsideStructures === 0) return null;
  return `${counted(structures.withoutDate, 'structure')} sans date, ${counted(late, 'structure')} après le 31 décembre 2028, ${counted(people.outsideStructures, 'personne')} sans structure.`;
}

/** Returns the earlier of a structure's two dates. At least one of them is set. */
function firstOf(dates: (Date | null)[]): Date {
  return new Date(Math.min(...dates.flatMap((one) => one?.getTime() ?? [])));
}

/** The unproven identities of people, as a sentence; null where all are proven. */
function identityNotProven({ identities, directoryHost }: DeploymentFacts): string | null {
  const { people, unverified, unknownToDirectory: unknown } = identities;
  const all = people.toLocaleString('fr-FR');
  return sentences(
    unverified > 0 &&
      `L’identité de ${counted(unverified, 'personne')} sur ${all} n’a jamais été vérifiée : leurs coordonnées seules sont prouvées.`,
    directoryHost === null && 'Le RPPS n’est pas consulté.',
    unknown > 0 && `L’Annuaire Santé ne connaît pas l’identifiant de ${counted(unknown, 'personne')}.`,
  );
}

/** The identities that must be verified again, as a sentence; null without any. */
function identityNotRenewed({ identities: { due }, directoryHost }: DeploymentFacts): string | null {
  return sentences(
    due > 0 && `L’identité de ${counted(due, 'personne')} a été vérifiée il y a trois ans ou plus.`,
    directoryHost === null && 'Aucun annuaire ne revérifie les identifiants nationaux.',
  );
}

/** Joins the sentences that apply; null without any. */
function sentences(...said: (string | false)[]): string | null {
  return said.filter((one) => one !== false).join(' ') || null;
}
