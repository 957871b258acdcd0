import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of applications. */
export const applicationsJournal = {
  events: {
    application_created: {
      subject: 'applications',
      siem: 'entity.create',
      fr: 'Application créée',
      en: 'Application created',
    },
    application_updated: {
      subject: 'applications',
      siem: 'entity.update',
      fr: 'Application modifiée',
      en: 'Application changed',
    },
    application_disabled: {
      subject: 'applications',
      siem: 'entity.update',
      fr: 'Application désactivée',
      en: 'Application disabled',
    },
    application_enabled: {
      subject: 'applications',
      siem: 'entity.update',
      fr: 'Application réactivée',
      en: 'Application enabled again',
    },
    application_secret_issued: {
      subject: 'applications',
      siem: 'entity.create',
      fr: 'Secret d’application créé',
      en: 'Application secret created',
    },
    application_secret_ended: {
      subject: 'applications',
      siem: 'entity.delete',
      fr: 'Secret d’application supprimé',
      en: 'Application secret ended',
    },
  },
  reasons: {
    'national-setting': {
      fr: 'Seul un administrateur national donne ou change ce réglage d’une application',
      en: 'Only a national administrator gives or changes this setting of an application',
    },
  },
  data: {
    setting: { fr: 'Réglage', en: 'Setting' },
  },
  words: {
    fields: {
      name: { fr: 'Nom', en: 'Name' },
      redirectUris: { fr: 'Adresses de retour', en: 'Redirect addresses' },
      postLogoutRedirectUris: { fr: 'Adresses de retour après déconnexion', en: 'Addresses after sign-out' },
      initiateLoginUri: { fr: 'Adresse de début de connexion', en: 'Address where sign-in begins' },
      backchannelLogoutUri: {
        fr: 'Adresse d’annonce des déconnexions',
        en: 'Address of sign-out announcements',
      },
      homeUri: { fr: 'Adresse d’accueil', en: 'Home address' },
      authMethod: { fr: 'Méthode d’authentification', en: 'Authentication method' },
      pkce: { fr: 'PKCE', en: 'PKCE' },
      jwks: { fr: 'Clés publiques', en: 'Public keys' },
      jwksUri: { fr: 'Adresse des clés publiques', en: 'Address of the public keys' },
      tlsSubjectDn: { fr: 'Sujet du certificat', en: 'Certificate subject' },
      scopes: { fr: 'Portées', en: 'Scopes' },
      audienceRoles: { fr: 'Rôles admis', en: 'Roles admitted' },
      audienceStructures: { fr: 'Structures admises', en: 'Organisations admitted' },
      audienceProfessions: { fr: 'Professions admises', en: 'Professions admitted' },
      minAcr: { fr: 'Niveau de connexion exigé', en: 'Sign-in level required' },
      maxAgeSeconds: { fr: 'Ancienneté de connexion admise', en: 'Sign-in age admitted' },
      confirmIdentity: { fr: 'Confirmation de l’identité', en: 'Confirmation of identity' },
      trusted: { fr: 'Application de l’exploitant', en: 'The operator’s own application' },
      claimsShape: { fr: 'Forme des informations', en: 'Shape of the claims' },
      idTokenAlg: { fr: 'Signature des jetons d’identité', en: 'Signature of the ID tokens' },
      claimNames: { fr: 'Noms transmis', en: 'Names disclosed' },
      claimMail: { fr: 'Adresse e‑mail transmise', en: 'Email address disclosed' },
      claimGroups: { fr: 'Groupes transmis', en: 'Groups disclosed' },
      resources: { fr: 'Ressources', en: 'Resources' },
      offlineAccess: { fr: 'Jetons d’actualisation', en: 'Refresh tokens' },
      gateAssertion: { fr: 'Attestation signée', en: 'Signed assertion' },
      rules: { fr: 'Règles d’accès', en: 'Rules of the gate' },
    },
    setting: {
      kind: { fr: 'Type d’application', en: 'Kind of application' },
      trusted: { fr: 'Application de l’exploitant', en: 'The operator’s own application' },
      audienceStructures: { fr: 'Structures admises', en: 'Organisations admitted' },
      resources: { fr: 'Ressources', en: 'Resources' },
      redirectUris: { fr: 'Adresses de retour', en: 'Redirect addresses' },
      postLogoutRedirectUris: { fr: 'Adresses de retour après déconnexion', en: 'Addresses after sign-out' },
      initiateLoginUri: { fr: 'Adresse de début de connexion', en: 'Address where sign-in begins' },
      backchannelLogoutUri: {
        fr: 'Adresse d’annonce des déconnexions',
        en: 'Address of sign-out announcements',
      },
      homeUri: { fr: 'Adresse d’accueil', en: 'Home address' },
      authMethod: { fr: 'Méthode d’authentification', en: 'Authentication method' },
      pkce: { fr: 'PKCE', en: 'PKCE' },
      jwks: { fr: 'Clés publiques', en: 'Public keys' },
      jwksUri: { fr: 'Adresse des clés publiques', en: 'Address of the public keys' },
      tlsSubjectDn: { fr: 'Sujet du certificat', en: 'Certificate subject' },
      secrets: { fr: 'Secrets', en: 'Secrets' },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationApplications: typeof applicationsJournal;
  }
}
