import { counted } from './statement.words';
import type { DeploymentFacts } from './statement.types';

/** The unproven identities of people, as a sentence; null where all are proven. */
export function identityNotProven({ identities, directoryHost }: DeploymentFacts): string | null {
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
export function identityNotRenewed({ identities: { due }, directoryHost }: DeploymentFacts): string | null {
  return sentences(
    due > 0 && `L’identité de ${counted(due, 'personne')} a été vérifiée il y a trois ans ou plus.`,
    directoryHost === null && 'Aucun annuaire ne revérifie les identifiants nationaux.',
  );
}

/** Joins the sentences that apply; null without any. */
function sentences(...said: (string | false)[]): string | null {
  return said.filter((one) => one !== false).join(' ') || null;
}
