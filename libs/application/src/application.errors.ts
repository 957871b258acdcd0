import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** Errors of actions on an application. */
export const applicationErrors = {
  'application.national-only': {
    status: 403,
    fr: {
      title: 'Réservé à un administrateur national',
      detail:
        'Cette application est de confiance, partagée avec d’autres structures ou reliée à une API nationale\u00a0: seul un administrateur national change ses adresses, ses clés, ses secrets et sa méthode. Adressez-vous à lui.',
    },
    en: {
      title: 'For a national administrator',
      detail:
        'This application is trusted, shared with other structures or connected to a national API: only a national administrator changes its addresses, keys, secrets and method. Ask one.',
    },
  },
  'application.secrets-exceeded': {
    status: 409,
    fr: {
      title: 'Deux secrets en service',
      detail: 'Une application a deux secrets au plus\u00a0: mettez fin à l’un d’eux d’abord.',
    },
    en: {
      title: 'Two secrets in use',
      detail: 'An application has two secrets at most: end one of them first.',
    },
  },
  'application.no-secret': {
    status: 409,
    fr: {
      title: 'Application sans secret',
      detail: 'La méthode d’authentification de cette application n’utilise pas de secret.',
    },
    en: {
      title: 'Application without secret',
      detail: 'The authentication method of this application does not use a secret.',
    },
  },
} as const satisfies ErrorDefinitions;

/** Errors of one field of an application. */
export const applicationFields = {
  'uri-invalid': {
    fr: 'Écrivez une adresse entière, par exemple https://app.example/retour.',
    en: 'Write a whole address, such as https://app.example/callback.',
  },
  'uri-not-https': {
    fr: 'Cette adresse doit commencer par https://.',
    en: 'This address must start with https://.',
  },
  'uri-fragment': {
    fr: 'Cette adresse ne peut pas contenir de «\u00a0#\u00a0».',
    en: 'This address cannot contain “#”.',
  },
  'uri-wildcard': {
    fr: 'Chaque adresse s’écrit en entier, sans «\u00a0*\u00a0».',
    en: 'Each address is written in full, without “*”.',
  },
  'redirect-required': {
    fr: 'Indiquez au moins une adresse de retour.',
    en: 'Give at least one redirect address.',
  },
  'origin-taken': {
    fr: 'Une autre application derrière le proxy est déjà enregistrée à cette adresse.',
    en: 'Another application behind the proxy is registered at this address already.',
  },
  'host-taken': {
    fr: 'Cette adresse est celle de ce service, ou d’une application d’une autre structure. Un administrateur national peut l’enregistrer.',
    en: 'This address is this service’s, or that of an application of another structure. A national administrator can register it.',
  },
  'redirect-of-kind': {
    fr: 'Une application de ce type n’a pas d’adresse de retour.',
    en: 'An application of this kind has no redirect address.',
  },
  'redirect-of-gate': {
    fr: 'Derrière le proxy, l’adresse de retour est celle du site suivie de /.portillon/callback, avec le point.',
    en: 'Behind the proxy, the redirect address is that of the site followed by /.portillon/callback, with the dot.',
  },
  'auth-method-of-kind': {
    fr: 'Cette méthode d’authentification ne convient pas à ce type d’application.',
    en: 'This authentication method does not suit this kind of application.',
  },
  'auth-method-off': {
    fr: 'Ce service ne reçoit pas de certificat d’application\u00a0: choisissez une autre méthode.',
    en: 'This service receives no certificates of applications: choose another method.',
  },
  'pkce-of-method': {
    fr: 'Seul un site qui prouve son identité par un secret, une clé ou un certificat peut se passer de PKCE.',
    en: 'Only a web application that proves itself by a secret, a key or a certificate may leave PKCE out.',
  },
  'pkce-off': {
    fr: 'L’exploitant n’a pas accepté ce risque (ACCEPT_RISK=pkce-off).',
    en: 'The operator has not accepted this risk (ACCEPT_RISK=pkce-off).',
  },
  'keys-required': {
    fr: 'Indiquez les clés publiques, ou leur adresse, mais pas les deux.',
    en: 'Give the public keys, or their address, not both.',
  },
  'keys-of-method': {
    fr: 'Les clés ne servent qu’avec la méthode private_key_jwt.',
    en: 'Keys are for the method private_key_jwt alone.',
  },
  'keys-invalid': {
    fr: 'Ce n’est pas un jeu de clés publiques (JWKS), ou une clé est trop faible.',
    en: 'This is not a set of public keys (JWKS), or a key is too weak.',
  },
  'private-key': {
    fr: 'Cette clé est privée\u00a0: elle doit rester chez l’application. Indiquez la clé publique.',
    en: 'This key is private: it must stay with the application. Give the public key.',
  },
  'subject-required': {
    fr: 'Indiquez le sujet (DN) du certificat de l’application.',
    en: 'Give the subject (DN) of the application’s certificate.',
  },
  'subject-of-method': {
    fr: 'Le sujet du certificat ne sert qu’avec la méthode tls_client_auth.',
    en: 'The subject of the certificate is for the method tls_client_auth alone.',
  },
  'scope-unknown': {
    fr: 'Une application de ce type ne peut pas demander cette portée.',
    en: 'An application of this kind cannot ask for this scope.',
  },
  'openid-required': {
    fr: 'La portée «\u00a0openid\u00a0» est nécessaire.',
    en: 'The scope “openid” is necessary.',
  },
} as const satisfies FieldTexts;

export type ApplicationFieldCode = keyof typeof applicationFields | 'invalid';

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    application: typeof applicationErrors;
  }
}
