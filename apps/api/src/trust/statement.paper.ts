import { counted, french, frenchDay } from './french';
import type { Reservation } from './reservation.types';
import { sectionsOf } from './statement.sections';
import { headOf, verdictOf } from './statement.text';
import type { Statement } from './statement.types';
import { MEANS, SCHEMES, STATES } from './statement.words';

const TO_FILL = '………………';

/** The attestation that the draft asks for of means outside Pro Santé Connect (PS 02), in Markdown, for a person to complete. */
export function attestationOf(statement: Statement): string {
  const { means, reservations } = statement;
  const on = means.filter((one) => one.opens).map((one) => MEANS[one.means]);
  return paper([
    '# Attestation : moyens d’identification électronique hors Pro Santé Connect',
    ...about(statement),
    '> Modèle de Portillon, non officiel : à relire face au texte en vigueur le jour de la signature.',
    `Organisme : ${statement.operatorName ?? TO_FILL}. Service : ${statement.serviceName}, ${statement.publicUrl}.`,
    `Moyens ouverts : ${on.join(', ')}.`,
    '## Réserves',
    ...reservations.map(reservationPart),
    '## Annexe : le déploiement',
    ...annex(statement),
    ...signature(statement),
  ]);
}

/** The yearly undertaking to secure the service (EXI 30 to 32), in Markdown, for a person to complete. */
export function engagementOf(statement: Statement): string {
  const { reservations, structures } = statement;
  const dated = structures.dated.length;
  return paper([
    '# Engagement de sécurisation',
    ...about(statement),
    '> Modèle de Portillon, non officiel : le texte des EXI 30 à 32 du RIE v1.0 fait foi.',
    `Je, soussigné(e) ${TO_FILL}, représentant ${statement.operatorName ?? TO_FILL}, responsable du service ${statement.serviceName} (${statement.publicUrl}), m’engage pour un an à compter du ${frenchDay(statement.at)} :`,
    list([
      'à mener les actions du tableau ci-dessous dans leur délai ;',
      `à tenir les dates posées pour les moyens forts (${counted(dated, 'structure')} sur ${structures.total}), et à en poser pour les autres ;`,
      'à faire refaire ce relevé après chaque changement des réglages, et au moins chaque trimestre ;',
      'à renouveler cet engagement dans un an, ou à dire que plus aucune réserve ne demeure.',
    ]),
    '## Actions',
    table(
      ['exigence', 'portée', 'action', 'délai', 'responsable'],
      reservations.map(({ clause, scheme, plan }) => [clause, SCHEMES[scheme], plan, TO_FILL, TO_FILL]),
    ),
    ...signature(statement),
  ]);
}

function about(statement: Statement): string[] {
  return [list(headOf(statement)), `**${verdictOf(statement)}**`];
}

/** There is nothing to sign under while something forbids it. */
function signature({ signable }: Statement): string[] {
  if (!signable)
    return ['## Signature', 'Sans objet tant que les points « INTERDIT » et « À FAIRE » demeurent.'];
  const lines = ['Nom et qualité du signataire :', 'Fait à', 'Le', 'Signature :'].map(
    (one) => `${one} ${TO_FILL}`,
  );
  return [
    '## Signature',
    list([...lines, 'À renouveler chaque année tant que des réserves demeurent (PS 19).']),
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
  // What may not be reserved is mended, and accepted by nobody.
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

/** A structure is named by a person: no name of it opens a tag, a link or another cell. */
function plain(text: string): string {
  return text.replace(/[\\`*[\]<>|#]/g, '\\$&');
}

function paper(parts: readonly string[]): string {
  return `${french(parts.join('\n\n'))}\n`;
}
