import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of cards. */
export const cpxJournal = {
  reasons: {
    'header-not-believed': {
      fr: 'Certificat annoncé par un en-tête qui ne vient pas du serveur de confiance',
      en: 'Certificate announced by a header that does not come from the trusted server',
    },
    'card-malformed': { fr: 'Certificat illisible', en: 'Unreadable certificate' },
    'card-unknown-authority': {
      fr: 'Autorité du certificat inconnue',
      en: 'Unknown authority of the certificate',
    },
    'card-not-a-person-authority': {
      fr: 'Autorité qui ne délivre pas de cartes de personnes',
      en: 'An authority that issues no cards of persons',
    },
    'card-not-yet-valid': { fr: 'Carte pas encore valable', en: 'Card not valid yet' },
    'card-expired': { fr: 'Carte expirée', en: 'Expired card' },
    'card-weak-algorithm': {
      fr: 'Signature du certificat trop faible',
      en: 'The certificate’s signature is too weak',
    },
    'card-not-for-authentication': {
      fr: 'Certificat de signature, et non de connexion',
      en: 'A certificate for signatures, not for sign-in',
    },
    'card-unknown-critical-extension': {
      fr: 'Certificat d’un type que le service ne connaît pas',
      en: 'A certificate of a kind that the service does not know',
    },
    'card-not-a-card': {
      fr: 'Certificat qui n’est pas celui d’une carte',
      en: 'A certificate that is not a card’s',
    },
    'card-test-card': { fr: 'Carte de test', en: 'Test card' },
    'card-not-nominative': { fr: 'Carte de service, sans nom', en: 'Service card, without a name' },
    'card-unclear-identity': { fr: 'Identité illisible sur la carte', en: 'Unreadable identity on the card' },
    'card-revoked': { fr: 'Carte révoquée', en: 'Revoked card' },
    'card-revocation-unknown': {
      fr: 'Impossible de savoir si la carte est révoquée',
      en: 'Whether the card is revoked could not be known',
    },
    'ticket-not-good': {
      fr: 'Passage de la carte à la page inconnu, déjà utilisé, trop tardif ou d’un autre navigateur',
      en: 'Ticket from the card to the page unknown, used already, too late or of another browser',
    },
  },
  data: {
    cardSerial: { fr: 'Numéro de série de la carte', en: 'Serial number of the card' },
    cardType: { fr: 'Type de carte', en: 'Type of card' },
    why: { fr: 'Ce qui manquait', en: 'What was missing' },
  },
  words: {
    why: {
      'no-proxy': {
        fr: 'Aucun serveur de confiance n’est déclaré pour ce service',
        en: 'No trusted server is declared for this service',
      },
      'untrusted-address': {
        fr: 'L’en-tête ne vient pas de l’adresse d’un serveur de confiance',
        en: 'The header does not come from the address of a trusted server',
      },
      'wrong-proxy-proof': {
        fr: 'Le serveur n’a pas prouvé qu’il est celui de confiance',
        en: 'The server did not prove that it is the trusted one',
      },
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    cpx: typeof cpxJournal;
  }
}
