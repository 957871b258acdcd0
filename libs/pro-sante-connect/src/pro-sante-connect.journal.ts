import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of Pro Santé Connect. */
export const proSanteConnectJournal = {
  reasons: {
    'other-session': {
      fr: 'Une autre session s’était ouverte entre-temps',
      en: 'Another session was opened in the meantime',
    },
    cancelled: {
      fr: 'La personne a renoncé chez Pro Santé Connect',
      en: 'The person turned back at Pro Santé Connect',
    },
    'identity-not-proven': {
      fr: 'Pro Santé Connect n’a pas prouvé qui se connecte',
      en: 'Pro Santé Connect did not prove who signs in',
    },
    'provider-unavailable': {
      fr: 'Pro Santé Connect ne répondait pas',
      en: 'Pro Santé Connect did not answer',
    },
    'unknown-state': {
      fr: 'Retour de Pro Santé Connect sans connexion commencée ici',
      en: 'Return from Pro Santé Connect without a sign-in begun here',
    },
    'other-browser': {
      fr: 'Retour de Pro Santé Connect dans un autre navigateur',
      en: 'Return from Pro Santé Connect in another browser',
    },
    'replayed-state': {
      fr: 'Retour de Pro Santé Connect déjà utilisé',
      en: 'Return from Pro Santé Connect used already',
    },
    'expired-state': {
      fr: 'Retour de Pro Santé Connect trop tardif',
      en: 'Return from Pro Santé Connect too late',
    },
  },
  data: {
    subject: { fr: 'Identité chez Pro Santé Connect', en: 'Identity at Pro Santé Connect' },
    sid: { fr: 'Session chez Pro Santé Connect', en: 'Session at Pro Santé Connect' },
    acr: { fr: 'Niveau d’authentification', en: 'Level of authentication' },
    activity: { fr: 'Structure de l’activité choisie', en: 'Organisation of the chosen activity' },
    sessionId: { fr: 'Numéro de la session', en: 'Number of the session' },
    detail: { fr: 'Ce qui n’allait pas', en: 'What was wrong' },
  },
  words: {
    detail: {
      'out-of-reach': {
        fr: 'Pro Santé Connect ne répond pas, ou est en panne',
        en: 'Pro Santé Connect does not answer, or is out of order',
      },
      'too-slow': {
        fr: 'Pro Santé Connect a mis trop de temps à répondre',
        en: 'Pro Santé Connect took too long to answer',
      },
      'down-just-now': {
        fr: 'Pro Santé Connect ne répondait pas l’instant d’avant',
        en: 'Pro Santé Connect did not answer a moment before',
      },
      'not-configured': {
        fr: 'Pro Santé Connect n’est pas configuré sur ce service',
        en: 'Pro Santé Connect is not set up on this service',
      },
      'unusable-metadata': {
        fr: 'Ce que Pro Santé Connect publie de lui-même ne permet pas de l’utiliser',
        en: 'What Pro Santé Connect publishes about itself makes it impossible to use',
      },
      'client-refused': {
        fr: 'Pro Santé Connect ne reconnaît pas ce service\u00a0: son inscription est à vérifier',
        en: 'Pro Santé Connect does not know this service: its registration is to be checked',
      },
      'error-answered': {
        fr: 'Pro Santé Connect a répondu par une erreur',
        en: 'Pro Santé Connect answered with an error',
      },
      'unexpected-answer': {
        fr: 'La réponse de Pro Santé Connect est illisible ou inattendue',
        en: 'The answer of Pro Santé Connect is unreadable or unexpected',
      },
      signature: {
        fr: 'La signature n’est pas celle de Pro Santé Connect',
        en: 'The signature is not that of Pro Santé Connect',
      },
      'signature-algorithm': {
        fr: 'La signature n’est pas de la sorte qu’emploie Pro Santé Connect (RS256)',
        en: 'The signature is not of the kind that Pro Santé Connect uses (RS256)',
      },
      claims: {
        fr: 'La preuve est faite pour un autre service ou pour une autre connexion',
        en: 'The proof is made for another service or another sign-in',
      },
      times: {
        fr: 'La preuve est expirée, pas encore valable ou sans date',
        en: 'The proof has expired, is not valid yet or bears no time',
      },
      'authorized-party': {
        fr: 'La preuve a été délivrée à un autre service',
        en: 'The proof was issued to another service',
      },
      subject: {
        fr: 'La preuve ne dit pas de qui elle parle',
        en: 'The proof does not say whom it speaks of',
      },
      acr: {
        fr: 'Le niveau d’authentification n’est pas suffisant',
        en: 'The level of authentication is not enough',
      },
      'userinfo-refused': {
        fr: 'Pro Santé Connect a refusé de dire qui est la personne',
        en: 'Pro Santé Connect refused to say who the person is',
      },
      'userinfo-form': {
        fr: 'Les renseignements sur la personne sont illisibles',
        en: 'The claims of the person are unreadable',
      },
      'userinfo-issuer': {
        fr: 'Les renseignements sur la personne viennent d’un autre émetteur',
        en: 'The claims of the person come from another issuer',
      },
      'userinfo-audience': {
        fr: 'Les renseignements sur la personne sont destinés à un autre service',
        en: 'The claims of the person are meant for another service',
      },
      'userinfo-subject': {
        fr: 'Les renseignements sont ceux d’une autre personne que celle de la preuve',
        en: 'The claims are of another person than the proof',
      },
      'no-national-id': {
        fr: 'Pro Santé Connect n’a donné aucun identifiant national',
        en: 'Pro Santé Connect gave no national identifier',
      },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    proSanteConnect: typeof proSanteConnectJournal;
  }
}
