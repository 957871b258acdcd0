import type { TrustStatement } from '../src/api/types';

/** Of a deployment that nothing keeps anybody from signing, with a reservation. */
export function trustStatement(changes: Partial<TrustStatement> = {}): TrustStatement {
  return {
    signable: true,
    verdict: 'Rien de ce que l’outil peut lire n’empêche de signer, avec 1 réserve et leur plan.',
    head: ['Portillon, https://portillon.example', 'Auto-évaluation.'],
    sections: [{ title: 'Moyens de connexion', lines: ['Pro Santé Connect : ouvert'] }],
    reservations: [
      {
        id: 'long-single-factor',
        clause: 'EXI RIE-PS 10',
        source: 'projet RIE v2, non adopté à ce jour',
        state: 'reserved',
        says: 'La période à un seul facteur ne devrait pas dépasser 4 heures.',
        found: 'Un code accepté tient 24 heures.',
        plan: 'Mettre CODE_WINDOW_HOURS à 4 ou moins.',
      },
    ],
    ...changes,
  };
}
