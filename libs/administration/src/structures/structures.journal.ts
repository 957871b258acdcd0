import type { JournalWords } from '@portillon/audit';

/** What the journal says of structures, and of what they ask of a sign-in. */
export const structuresJournal = {
  events: ['policy_changed', 'structure_created', 'structure_updated'],
  reasons: ['four-eyes'],
  data: [
    'smsForbidden',
    'mailFirstTimeOnly',
    'codeWindowHours',
    'proSanteConnectFrom',
    'strongMeansFrom',
    'identityRequiredFrom',
    'totpIsStrong',
    'egressAddresses',
    'fourEyes',
    'sharedWorkstations',
  ],
  words: {
    acceptedPasskeys: ['any', 'device'],
    passkeyIdentity: ['any', 'proven'],
    fields: ['name', 'finess', 'siret', 'displayName', 'logo', 'accent'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationStructures: typeof structuresJournal;
  }
}
