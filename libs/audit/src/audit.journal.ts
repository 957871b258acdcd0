import type { JournalDeclaration } from './journal.types';

/** Events of the journal about itself. */
export const auditJournal = {
  events: {
    audit_purge_mismatch: {
      subject: 'rights',
      siem: 'entity.other',
      severity: 'high',
      fr: 'Journal\u00a0: la purge a trouvé une anomalie',
      en: 'Journal: the purge found something wrong',
    },
    audit_verification_requested: {
      subject: 'rights',
      siem: 'entity.other',
      fr: 'Journal\u00a0: preuve demandée',
      en: 'Journal: proof requested',
    },
    audit_verified: {
      subject: 'rights',
      siem: 'entity.other',
      fr: 'Journal vérifié',
      en: 'Journal verified',
    },
    backup_restored: {
      subject: 'rights',
      siem: 'entity.update',
      fr: 'Sauvegarde restaurée\u00a0: ce qui était ouvert a pris fin',
      en: 'Backup restored: what was open has ended',
    },
    database_end_lost: {
      subject: 'rights',
      siem: 'entity.update',
      fr: 'Dernières secondes de la base perdues\u00a0: ce qui était ouvert a pris fin',
      en: 'Last seconds of the database lost: what was open has ended',
    },
  },
  reasons: {
    'lines-missing': {
      fr: 'La purge n’a pas trouvé autant de lignes qu’il en avait été scellé',
      en: 'The purge did not find as many lines as had been sealed',
    },
    repeated: { fr: 'Refus répétés, comptés en une ligne', en: 'Repeated refusals, counted in one line' },
    'not-proven': {
      fr: 'Le journal n’est pas tel qu’il a été scellé',
      en: 'The journal is not as it was sealed',
    },
    inconclusive: {
      fr: 'Rien à redire, mais tout n’a pas pu être vérifié',
      en: 'Nothing wrong was found, but not everything could be checked',
    },
  },
  data: {
    fromSeal: { fr: 'Du sceau', en: 'From seal' },
    throughSeal: { fr: 'Au sceau (inclus)', en: 'To seal (included)' },
    expected: { fr: 'Lignes attendues', en: 'Lines expected' },
    deleted: { fr: 'Lignes trouvées', en: 'Lines found' },
    leftOut: {
      fr: 'Données trop longues, non gardées (caractères)',
      en: 'Data too long, not kept (characters)',
    },
    repeats: { fr: 'Refus comptés ici', en: 'Refusals counted here' },
    headSequence: { fr: 'Numéro du dernier sceau', en: 'Number of the last seal' },
    headDigest: { fr: 'Empreinte du dernier sceau', en: 'Digest of the last seal' },
    lines: { fr: 'Lignes lues', en: 'Lines read' },
    lostFrom: { fr: 'Lignes manquantes depuis', en: 'Lines missing from' },
    lostUntil: { fr: 'Lignes manquantes jusqu’à', en: 'Lines missing until' },
    findings: { fr: 'Écarts trouvés', en: 'Findings' },
  },
} as const satisfies JournalDeclaration;
