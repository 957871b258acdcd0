import type { OutboundFailure } from '@portillon/outbound';
import type { Locale } from '@portillon/kernel';

type Words = Readonly<Record<Locale, string>>;

/** The findings of an application's test. */
export const FINDINGS = {
  enabled: { fr: 'L’application est en service.', en: 'The application is in service.' },
  disabled: {
    fr: 'L’application est désactivée\u00a0: personne ne peut l’ouvrir.',
    en: 'The application is disabled: no one can open it.',
  },
  'secret-live': { fr: 'Un secret est en service.', en: 'A secret is in use.' },
  'secret-missing': {
    fr: 'Aucun secret n’est en service\u00a0: créez-en un.',
    en: 'No secret is in use: create one.',
  },
  'pkce-off': {
    fr: 'PKCE est désactivé\u00a0: un code volé ouvrirait l’application. Choisissez «\u00a0Obligatoire\u00a0» ou «\u00a0PKCE ou nonce\u00a0» après vos essais.',
    en: 'PKCE is off: a stolen code would open the application. Choose “Required” or “PKCE or a nonce” after your trials.',
  },
  'no-proof': {
    fr: 'L’application n’a pas de secret\u00a0: PKCE protège ses connexions.',
    en: 'The application has no secret: PKCE protects its sign-ins.',
  },
  certificate: {
    fr: 'Le certificat de l’application fait foi.',
    en: 'The application’s certificate is its proof.',
  },
  'keys-given': { fr: 'Ses clés publiques sont enregistrées.', en: 'Its public keys are registered.' },
  'keys-found': {
    fr: 'Ses clés publiques répondent à leur adresse.',
    en: 'Its public keys answer at their address.',
  },
  'keys-wrong': {
    fr: 'L’adresse des clés ne répond pas un jeu de clés publiques (JWKS) valable.',
    en: 'The address of the keys does not answer a valid set of public keys (JWKS).',
  },
  'back-channel-answers': {
    fr: 'L’adresse d’annonce des déconnexions répond.',
    en: 'The address to which sign-outs are announced answers.',
  },
  'rules-there': { fr: 'Ses règles sont enregistrées.', en: 'Its rules are registered.' },
  'rules-missing': {
    fr: 'Aucune règle\u00a0: personne ne passe. Ajoutez-en une.',
    en: 'There is no rule: every request is refused. Add one.',
  },
  'proxies-named': {
    fr: 'L’exploitant a nommé ses proxys (GATE_PROXIES)\u00a0: eux seuls sont crus.',
    en: 'The operator named the proxies (GATE_PROXIES): they alone are believed.',
  },
  'proxies-missing': {
    fr: 'Aucun proxy n’est cru\u00a0: demandez à l’exploitant d’en nommer l’adresse (GATE_PROXIES).',
    en: 'No proxy is believed: ask the operator to name its address (GATE_PROXIES).',
  },
  'request-seen': { fr: 'Son proxy interroge Portillon.', en: 'Its proxy asks Portillon.' },
  'request-missing': {
    fr: 'Aucune requête n’est encore venue de son proxy\u00a0: collez-y les réglages, puis ouvrez le site.',
    en: 'No request came from its proxy yet: paste the settings there, then open the site.',
  },
  'by-rules': {
    fr: 'Ses règles disent quelles personnes du service passent.',
    en: 'Its rules say which people of the service pass.',
  },
  everybody: {
    fr: 'L’application est ouverte à toutes les personnes du service.',
    en: 'The application is open to all people of the service.',
  },
  some: {
    fr: 'L’application est réservée au public que vous avez choisi.',
    en: 'The application is for the audience that you chose.',
  },
} as const satisfies Record<string, Words>;

/** Why an address that was asked did not answer. */
const FAILURES: Readonly<Record<OutboundFailure['reason'], Words>> = {
  'url-refused': { fr: 'elle doit commencer par https://', en: 'it must start with https://' },
  'address-refused': {
    fr: 'elle mène à un réseau privé, que l’exploitant n’a pas autorisé (OUTBOUND_ALLOW)',
    en: 'it leads to a private network, which the operator did not allow (OUTBOUND_ALLOW)',
  },
  'host-unknown': { fr: 'son nom de domaine est inconnu', en: 'its host name is unknown' },
  'certificate-refused': { fr: 'son certificat n’est pas reconnu', en: 'its certificate is not trusted' },
  timeout: { fr: 'elle ne répond pas à temps', en: 'it does not answer in time' },
  'answer-too-large': { fr: 'sa réponse est trop longue', en: 'its answer is too long' },
  unreachable: { fr: 'elle ne répond pas', en: 'it does not answer' },
};

/** A proxy asks that is not believed, in a sentence. */
export function doubtText(proxy: string, locale: Locale): string {
  return locale === 'fr'
    ? `Des requêtes viennent de ${proxy}, qui n’est pas cru. Si c’est bien votre proxy, demandez à l’exploitant de nommer cette adresse (GATE_PROXIES), et le secret qu’elle doit joindre s’il y en a un (GATE_PROXY_SECRET).`
    : `Requests come from ${proxy}, which is not believed. If it is your proxy, ask the operator to name this address (GATE_PROXIES), and the secret that it has to bear where there is one (GATE_PROXY_SECRET).`;
}

/** An address that did not answer, in a sentence. */
export function testFailureText(uri: string, { reason }: OutboundFailure, locale: Locale): string {
  const why = FAILURES[reason][locale];
  return locale === 'fr'
    ? `L’adresse ${uri} n’a pas pu être jointe\u00a0: ${why}.`
    : `The address ${uri} could not be reached: ${why}.`;
}
