import type { JournalWords } from '@portillon/audit';

/** What the journal says of Pro Santé Connect. */
export const proSanteConnectJournal = {
  reasons: [
    'other-session',
    'cancelled',
    'identity-not-proven',
    'provider-unavailable',
    'unknown-state',
    'other-browser',
    'replayed-state',
    'expired-state',
  ],
  data: ['subject', 'sid', 'acr', 'activity', 'nationalId', 'sessionId'],
  words: {
    detail: [
      'out-of-reach',
      'too-slow',
      'down-just-now',
      'not-configured',
      'unusable-metadata',
      'client-refused',
      'error-answered',
      'unexpected-answer',
      'signature',
      'signature-algorithm',
      'claims',
      'times',
      'authorized-party',
      'subject',
      'acr',
      'userinfo-refused',
      'userinfo-form',
      'userinfo-issuer',
      'userinfo-audience',
      'userinfo-subject',
      'no-national-id',
    ],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    proSanteConnect: typeof proSanteConnectJournal;
  }
}
