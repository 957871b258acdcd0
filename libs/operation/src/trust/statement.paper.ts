import type { Reservation } from './reservation.types';
import { sectionsOf } from './statement.sections';
import { headOf, verdictOf } from './statement.text';
import type { Statement } from './statement.types';
import { counted, french, frenchDay, MEANS, SCHEMES, STATES } from './statement.words';

const TO_FILL = '………………';

/**
 * The attestation that the draft requires for means outside Pro Santé Connect (PS 02), in Markdown, to be completed by
 * hand.
 */
export function attestationOf(statement: Statement): string {
  const { means, people, reservations } = statement;
  const on = means.filter((one) => one.opens).map((one) => MEANS[one.means]);
  return paper([
    '# Attestation : moyens d’identification électronique hors Pro Santé Connect',
    ...about(statement),
    '> Modèle de Portillon, non officiel : à relire face au texte en vigueur le jour de la signature.',
    ...organisation(statement, [
      ['Sensibilité du service, et sa justification', TO_FILL],
      ['Applications ouvertes par ce service', TO_FILL],
      ['Personnes concernées', `${counted(people.total, 'personne')} ; professions : ${TO_FILL}`],
      ['Moyens ouverts', on.join(', ')],
    ]),
    ...fulfilled(statement),
    '## Réserves',
    ...reservations.map(reservationPart),
    '## Annexe : le déploiement',
    ...annex(statement),
    ...signature(statement, [`Avis du RSSI, date et signature : ${TO_FILL}`]),
  ]);
}

/** The yearly commitment to secure the service (EXI 30 to 32), in Markdown, to be completed by hand. */
export function engagementOf(statement: Statement): string {
  const { reservations, structures } = statement;
  const dated = structures.dated.length;
  return paper([
    '# Engagement de sécurisation',
    ...about(statement),
    '> Modèle de Portillon, non officiel : le texte des EXI 30 à 32 du RIE v1.0 fait foi.',
    ...organisation(statement, [['Homologation en cours (date, durée)', TO_FILL]]),
    `Je, soussigné(e) ${TO_FILL}, représentant ${statement.operatorName ?? TO_FILL}, m’engage pour un an à compter du ${frenchDay(statement.at)} :`,
    list([
      'à mener les actions du tableau ci-dessous dans leur délai ;',
      `à tenir les dates posées pour les moyens forts (${counted(dated, 'structure')} sur ${structures.total}), et à en poser pour les autres ;`,
      'à tenir à jour les comptes, et à fermer sans délai ceux des personnes qui partent ;',
      'à appliquer les mises à jour de sécurité dans les délais du plan d’assurance sécurité ;',
      'à conserver le journal, à le faire relire et à en vérifier la preuve ;',
      'à déclarer les incidents aux autorités dont dépend l’organisme ;',
      'à faire refaire ce relevé après chaque changement des réglages, et au moins chaque trimestre ;',
      'à renouveler cet engagement dans un an, ou à dire que plus aucune réserve ne demeure.',
      `Autres engagements de l’organisme : ${TO_FILL}`,
    ]),
    '## Actions',
    table(
      ['exigence', 'portée', 'action', 'délai', 'responsable'],
      reservations.map(({ clause, scheme, plan }) => [clause, SCHEMES[scheme], plan, TO_FILL, TO_FILL]),
    ),
    ...fulfilled(statement),
    '## Bilan de l’année écoulée',
    table(['engagement de l’an dernier', 'tenu, ou pourquoi non'], [[TO_FILL, TO_FILL]]),
    ...signature(statement),
  ]);
}

function about(statement: Statement): string[] {
  return [list(headOf(statement)), `**${verdictOf(statement)}**`];
}

/** The organisation responsible for the service: the facts of the settings, and blanks for the others. */
function organisation(statement: Statement, more: readonly (readonly string[])[]): string[] {
  return [
    '## Organisme et service',
    table(
      ['quoi', 'réponse'],
      [
        ['Organisme responsable', statement.operatorName ?? TO_FILL],
        ['Forme juridique, SIRET, FINESS', TO_FILL],
        ['Représentant légal (nom, qualité)', TO_FILL],
        ['Responsable de la sécurité (RSSI)', TO_FILL],
        ['Service', `${statement.serviceName}, ${statement.publicUrl}`],
        ['Logiciel', `Portillon ${statement.version}`],
        ...more,
      ],
    ),
  ];
}

function fulfilled(statement: Statement): string[] {
  return [
    '## Ce que le logiciel remplit',
    'Le registre du dossier de confiance de Portillon (docs/trust/register) nomme les essais qui le montrent.',
    list(fulfilledBy(statement)),
  ];
}

/** Shows no signature block while a reservation forbids signing. */
function signature({ signable }: Statement, more: readonly string[] = []): string[] {
  if (!signable)
    return ['## Signature', 'Sans objet tant que les points « INTERDIT » et « À FAIRE » demeurent.'];
  const lines = ['Nom et qualité du signataire :', 'Fait à', 'Le', 'Signature :'].map(
    (one) => `${one} ${TO_FILL}`,
  );
  return [
    '## Signature',
    list([...lines, ...more, 'À renouveler chaque année tant que des réserves demeurent (PS 19).']),
  ];
}

function reservationPart({ clause, source, state, scheme, says, found, plan }: Reservation): string {
  const head = `### ${clause} : ${STATES[state]}`;
  const facts = [
    `Source : ${source}`,
    `Portée : ${SCHEMES[scheme]}`,
    `La clause, résumée : ${says}`,
    `Constat : ${found}`,
    `Plan d’action : ${plan}`,
  ];
  // A deviation that may not be a reservation must be fixed: no one can accept it.
  const filled =
    state === 'reserved' ? [`Délai : ${TO_FILL}`, `Risque accepté par : ${TO_FILL}, le ${TO_FILL}`] : [];
  return `${head}\n\n${list([...facts, ...filled])}`;
}

function annex(statement: Statement): string[] {
  return sectionsOf(statement).map(({ title, lines }) => `### ${title}\n\n${list(lines)}`);
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${plain(line)}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Escapes the name of a structure, so that it opens no tag, link or table cell. */
function plain(text: string): string {
  return text.replace(/[\\`*[\]<>|#]/g, '\\$&');
}

function paper(parts: readonly string[]): string {
  return `${french(parts.join('\n\n'))}\n`;
}

type FulfilledStatement = Pick<Statement, 'reservations' | 'sessionIdleMinutes' | 'sessionMaxHours'>;

/** A clause that the software itself fulfils; the register of the trust file names the tests that prove it. */
interface Fulfilled {
  clause: string;
  /** The clause, in our own words. */
  says: string | ((statement: FulfilledStatement) => string);
  /** The reservations under which this deployment does not fulfil the clause. */
  unless?: readonly string[];
}

const FULFILLED: Fulfilled[] = [
  {
    clause: 'EXI RIE-PS 03 ; EXI 04',
    says: 'Pro Santé Connect est proposé, avec un autre moyen quand il est en panne.',
    unless: ['no-pro-sante-connect'],
  },
  {
    clause: 'EXI RIE-PS 11',
    says: 'Une seule connexion ouvre plusieurs applications, par OpenID Connect (PS 11 et 12).',
  },
  {
    clause: 'EXI RIE-PS 16',
    says: 'L’accès de secours est ouvert par un administrateur, pour 24 heures au plus, et noté au journal.',
    unless: ['recovery-codes'],
  },
  { clause: 'EXI 06', says: 'Une carte qui ouvre est nominative.', unless: ['service-cards'] },
  {
    clause: 'EXI 21',
    says: 'Un moyen se révoque à tout moment, par la personne et par un administrateur, avec un avis par e-mail.',
  },
  { clause: 'EXI 25', says: 'Les échecs sont comptés : des délais, un blocage, un nombre par jour.' },
  {
    clause: 'EXI 26',
    says: ({ sessionIdleMinutes, sessionMaxHours }) =>
      `Une session finit après ${counted(sessionIdleMinutes, 'minute')} sans usage, et après ${counted(sessionMaxHours, 'heure')} au plus.`,
  },
];

/** The RIE clauses that the software itself fulfils, a line each. */
function fulfilledBy(statement: FulfilledStatement): string[] {
  const names = statement.reservations.map(({ id }) => id);
  return FULFILLED.filter(({ unless = [] }) => !unless.some((id) => names.includes(id))).map(
    ({ clause, says }) => `${clause} : ${typeof says === 'string' ? says : says(statement)}`,
  );
}
