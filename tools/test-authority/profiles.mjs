/** Contents of each test certificate: the profiles of IGC-Santé, and some that must be refused. */

const DAY = 86_400_000;
const CARD = 'DER:04:01:00';
const TEST_CARD = 'DER:04:01:80';
const TYPES = { CPS: 0, CPF: 1, CPE: 2, CPA: 3 };

/** The authorities, by a name safe for folders. `by`: the issuer; default: self-signed. */
export const AUTHORITIES = {
  root: { name: 'TEST AC RACINE IGC-SANTE FORT' },
  persons: { name: 'TEST AC IGC-SANTE FORT PERSONNES', by: 'root' },
  organisations: { name: 'TEST AC IGC-SANTE FORT ORGANISATIONS', by: 'root' },
  // Production names, without TEST, as a real deployment trusts.
  'real-root': { name: 'AC RACINE IGC-SANTE STANDARD', real: true },
  'real-persons': { name: 'AC IGC-SANTE STANDARD PERSONNES', by: 'real-root', real: true },
  // An untrusted authority with the same names.
  'other-root': { name: 'TEST AC RACINE IGC-SANTE FORT' },
  'other-persons': { name: 'TEST AC IGC-SANTE FORT PERSONNES', by: 'other-root' },
};

export function authoritySubject({ name, real }) {
  return `/C=FR/O=ASIP-SANTE/OU=0002 187512751/OU=IGC-SANTE${real ? '' : ' TEST'}/CN=${name}`;
}

/** Claire Martin, whose national id the demo's account has. */
const claire = {
  subject: '/C=FR/title=Médecin/GN=CLAIRE+CN=899700366240+SN=MARTIN',
  upn: '899700366240@carte-cps.fr',
  serial: '8025000001/2600366240',
  type: 'CPS',
};

const charles = {
  subject:
    '/C=FR/ST=Paris (75)/O=HOPITAL DES 3 DAMES/OU=10B0057881/title=Personnel santé ou social' +
    '/GN=CHARLES+CN=30B0057881\\/CPET0002+SN=ADMINISTRATIF-CH057880002',
  upn: '30B0057881/CPET0002@carte-cps.fr',
  serial: '8025000001/2601301752',
  type: 'CPE',
};

/** An application of a hospital, which authenticates with its certificate. */
const portal = {
  subject: '/C=FR/ST=Paris (75)/O=HÔPITAL, DES 3 DAMES/OU=10B0057881/CN=portail.hopital.example',
  by: 'organisations',
  usage: 'client',
};

/** Every certificate. `by`: the authority. Default: persons. Default of `usage`: authentication. */
export const CERTIFICATES = {
  cps: claire,
  // The same person with a renewed card: another serial number, another key.
  'cps-renewed': { ...claire, serial: '8025000001/2600366241', key: 'renewed' },
  cpf: {
    subject: '/C=FR/title=Interne en médecine/GN=ZOÉ+CN=899700401336+SN=LEFÈVRE-D’AUBIGNÉ',
    upn: '899700401336@carte-cps.fr',
    serial: '8025000001/2600401336',
    type: 'CPF',
  },
  cpe: charles,
  // The director of an establishment: the same type as its staff (TRE_R87: « CDE/CPE »).
  cde: {
    subject:
      '/C=FR/ST=Paris (75)/O=HOPITAL DES 3 DAMES/OU=10B0057881/title=Directeur d’établissement' +
      '/GN=HÉLÈNE+CN=30B0057881\\/CDET0001+SN=DIRECTRICE-CH057880001',
    upn: '30B0057881/CDET0001@carte-cps.fr',
    serial: '8025000001/2601301701',
    type: 'CPE',
  },
  cpa: {
    subject:
      '/C=FR/ST=Loire-Atlantique (44)/O=CENTRE DE SANTÉ DU PORT/OU=1440042844/title=Personnel autorisé' +
      '/GN=FRANÇOISE+CN=3440042844\\/CPAT0007+SN=BÉNÉDÉ',
    upn: '3440042844/CPAT0007@carte-cps.fr',
    serial: '8025000001/2600000007',
    type: 'CPA',
  },
  'dotted-upn': {
    subject: '/C=FR/title=Infirmier/GN=MAËL+CN=899700434378+SN=ŒUVRARD',
    upn: '8.99700434378@carte-cps.fr',
    serial: '8025000001/2600434378',
    type: 'CPS',
  },
  'sandbox-id': {
    subject: '/C=FR/title=Médecin/GN=ADELI+CN=00B0600001+SN=BAC-A-SABLE',
    upn: '00B0600001@carte-cps.fr',
    serial: '8025000001/2600600001',
    type: 'CPS',
  },
  // A person without an account.
  stranger: {
    subject: '/C=FR/title=Médecin/GN=ISABELLE+CN=899700218896+SN=SPECIALISTE0021889',
    upn: '899700218896@carte-cps.fr',
    serial: '8025000001/2600218896',
    type: 'CPS',
  },
  'real-card': {
    ...claire,
    by: 'real-persons',
    category: CARD,
    serial: '8025000001/3600366240',
  },
  'service-card': {
    subject:
      '/C=FR/ST=Paris (75)/O=LABORATOIRE DU PONT/OU=1760021832/CN=3760021832\\/000000018/pseudonym=SERVICE ACCUEIL',
    upn: '3760021832/000000018@carte-cps.fr',
    serial: '8025000001/2600000018',
    type: 'CPA',
  },
  signature: { ...claire, usage: 'signature' },
  organisation: {
    subject: '/C=FR/ST=Paris (75)/O=HOPITAL DES 3 DAMES/OU=10B0057881/CN=portail.hopital.example',
    by: 'organisations',
    usage: 'client',
  },
  application: portal,
  'application-other': { ...portal, subject: portal.subject.replace('portail', 'autre') },
  'application-expired': { ...portal, from: -1_100 * DAY, until: -DAY },
  'application-revoked': { ...portal, revoked: true },
  'application-foreign': { ...portal, by: 'self' },
  // An authority for persons, which must not issue certificates for applications.
  'application-as-person': { ...portal, by: 'persons' },
  // Like a card's in every field, but issued by the authority of the organisations.
  'organisation-as-card': { ...claire, by: 'organisations' },
  expired: { ...claire, from: -1_100 * DAY, until: -DAY },
  'not-yet-valid': { ...claire, from: DAY, until: 1_100 * DAY },
  revoked: { ...charles, serial: '8025000001/2601301753', revoked: true },
  'other-authority': { ...claire, by: 'other-persons' },
  'same-subject-other-key': { ...claire, by: 'self' },
  'self-signed': { subject: '/C=FR/CN=899700366240', by: 'self', usage: 'bare' },
  'no-category': { ...claire, category: null },
  'unknown-category': { ...claire, category: 'DER:04:01:42' },
  'no-digital-signature': { ...claire, usage: 'encryption' },
  'no-client-auth': { ...claire, usage: 'server' },
  'upn-of-another': { ...claire, upn: '899700218896@carte-cps.fr' },
  // Certificates that may sign the authority's OCSP answers, and one that may not.
  'ocsp-responder': { subject: '/C=FR/O=ASIP-SANTE/CN=OCSP IGC-SANTE TEST', usage: 'ocsp', key: 'responder' },
  'ocsp-impostor': { subject: '/C=FR/O=ASIP-SANTE/CN=OCSP IGC-SANTE TEST', usage: 'client', key: 'impostor' },
  'unknown-critical': { ...claire, extra: '1.2.3.4.5=critical,ASN1:UTF8String:unknown' },
};

const USAGES = {
  authentication: [
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=clientAuth,1.3.6.1.4.1.311.20.2.2',
    'certificatePolicies=1.2.250.1.213.1.7.2.1.1.1.1',
  ],
  signature: ['keyUsage=critical,nonRepudiation', 'extendedKeyUsage=emailProtection'],
  encryption: ['keyUsage=critical,keyEncipherment', 'extendedKeyUsage=clientAuth'],
  server: ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=serverAuth'],
  client: ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=clientAuth'],
  ocsp: ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=OCSPSigning'],
  bare: [],
};

/** Lines of openssl's configuration for a certificate's extensions. */
export function extensions({ usage = 'authentication', upn, category = TEST_CARD, type, serial, extra }) {
  return [
    'basicConstraints=critical,CA:FALSE',
    'subjectKeyIdentifier=hash',
    ...USAGES[usage],
    ...(upn ? [`subjectAltName=otherName:1.3.6.1.4.1.311.20.2.3;UTF8:${upn}`] : []),
    ...(type === undefined || category === null ? [] : [`1.2.250.1.71.1.2.5=${category}`]),
    ...(type === undefined ? [] : [`1.2.250.1.71.1.2.2=ASN1:INTEGER:${TYPES[type]}`]),
    ...(serial ? [`1.2.250.1.71.1.2.3=ASN1:PRINTABLESTRING:${serial}`] : []),
    ...(extra ? [extra] : []),
  ];
}

export const VALID = { from: -DAY, until: 1_095 * DAY };
