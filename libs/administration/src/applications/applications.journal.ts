import type { JournalWords } from '@portillon/audit';

/** What the journal says of applications. */
export const applicationsJournal = {
  events: [
    'application_created',
    'application_updated',
    'application_disabled',
    'application_enabled',
    'application_secret_issued',
    'application_secret_ended',
  ],
  reasons: ['national-setting'],
  data: ['application'],
  words: {
    fields: [
      'name',
      'redirectUris',
      'postLogoutRedirectUris',
      'initiateLoginUri',
      'backchannelLogoutUri',
      'homeUri',
      'authMethod',
      'pkce',
      'jwks',
      'jwksUri',
      'tlsSubjectDn',
      'scopes',
      'audienceRoles',
      'audienceStructures',
      'audienceProfessions',
      'minAcr',
      'maxAgeSeconds',
      'confirmIdentity',
      'trusted',
      'claimsShape',
      'idTokenAlg',
      'claimNames',
      'claimMail',
      'claimGroups',
      'resources',
      'offlineAccess',
      'gateAssertion',
      'rules',
    ],
    setting: [
      'kind',
      'trusted',
      'audienceStructures',
      'resources',
      'redirectUris',
      'postLogoutRedirectUris',
      'initiateLoginUri',
      'backchannelLogoutUri',
      'homeUri',
      'authMethod',
      'pkce',
      'jwks',
      'jwksUri',
      'tlsSubjectDn',
      'secrets',
    ],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationApplications: typeof applicationsJournal;
  }
}
