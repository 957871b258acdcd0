import { parisTime } from '@portillon/kernel';
import { counted, french, NOT_ADOPTED, READ_ON, RIE_V1, STATES } from './statement.words';
import type { Reservation } from './reservation.types';
import type { Statement } from './statement.types';
import { sectionsOf } from './statement.sections';

const LONGEST_STATE = Math.max(...Object.values(STATES).map(({ length }) => length));
const INDENT = ' '.repeat(LONGEST_STATE + 2);

/** Returns the heading of each document of a statement. */
export function headOf({
  serviceName,
  operatorName,
  publicUrl,
  version,
  sbomSha256,
  at,
}: Statement): string[] {
  return [
    `${serviceName}, ${publicUrl}${operatorName ? `, exploité par ${operatorName}` : ''}`,
    `Portillon ${version}, relevé du ${parisTime(at, 'fr')}`,
    `Liste des composants (CycloneDX), SHA-256 : ${sbomSha256 ?? 'aucune, le programme n’a pas été construit'}`,
    'Auto-évaluation : faite par le logiciel de ce déploiement, en lisant ses réglages et sa base ; aucun tiers ne l’a vérifiée.',
    `Les clauses sont résumées par nous, d’après le ${RIE_V1} et le ${NOT_ADOPTED} (lus en partie, le ${READ_ON} : à revérifier) ; leur texte fait foi.`,
  ];
}

/** The obstacles to a signature, as a sentence. */
export function verdictOf({ signable, reservations }: Statement): string {
  const count = (state: Reservation['state']) => reservations.filter((one) => one.state === state).length;
  if (signable)
    return `Rien de ce que l’outil peut lire n’empêche de signer, avec ${counted(count('reserved'), 'réserve')} et leur plan.`;
  return `NE PEUT PAS ÊTRE SIGNÉ : ${counted(count('forbidden'), 'interdit')}, ${counted(count('due'), 'point')} à faire d’abord.`;
}

/** The statement, to be read in a terminal. */
export function textOf(statement: Statement): string {
  const sections = sectionsOf(statement).map(({ title, lines }) => block(title, lines));
  const reservations = block('Réserves', statement.reservations.flatMap(reservationLines));
  return french([headOf(statement).join('\n'), ...sections, reservations, verdictOf(statement)].join('\n\n'));
}

function block(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function reservationLines({ state, clause, source, says, found, plan }: Reservation): string[] {
  return [
    `${STATES[state].padEnd(LONGEST_STATE)}  ${clause} (${source})`,
    ...[`La clause : ${says}`, `Ici : ${found}`, `Plan : ${plan}`].map((line) => INDENT + line),
  ];
}
