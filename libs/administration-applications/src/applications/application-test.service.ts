import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationSecretService, isPublicKeySet } from '@portillon/application';
import { GateRuleService, ProxyRequestService } from '@portillon/gate';
import type { Locale } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';
import type { OutboundFailure } from '@portillon/outbound';
import type { AdminApplicationCheck } from './application-view.dto';

type Words = Readonly<Record<Locale, string>>;

/** The findings of an application's test. */
const FINDINGS = {
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
function doubtText(proxy: string, locale: Locale): string {
  return locale === 'fr'
    ? `Des requêtes viennent de ${proxy}, qui n’est pas cru. Si c’est bien votre proxy, demandez à l’exploitant de nommer cette adresse (GATE_PROXIES), et le secret qu’elle doit joindre s’il y en a un (GATE_PROXY_SECRET).`
    : `Requests come from ${proxy}, which is not believed. If it is your proxy, ask the operator to name this address (GATE_PROXIES), and the secret that it has to bear where there is one (GATE_PROXY_SECRET).`;
}

/** An address that did not answer, in a sentence. */
function testFailureText(uri: string, { reason }: OutboundFailure, locale: Locale): string {
  const why = FAILURES[reason][locale];
  return locale === 'fr'
    ? `L’adresse ${uri} n’a pas pu être jointe\u00a0: ${why}.`
    : `The address ${uri} could not be reached: ${why}.`;
}

type Finding = keyof typeof FINDINGS;

const TIMEOUT_MS = 5_000;

/** Reports the faults that would keep an application from working, before a user finds them. */
@Injectable()
export class ApplicationTestService {
  constructor(
    private readonly secrets: ApplicationSecretService,
    private readonly outbound: OutboundService,
    private readonly rules: GateRuleService,
    private readonly proxies: ProxyRequestService,
  ) {}

  async run(application: ApplicationEntity, locale: Locale): Promise<AdminApplicationCheck[]> {
    const own =
      application.kind === 'gate'
        ? await this.#gate(application, locale)
        : await this.#protocol(application, locale);
    return [statusOf(application, locale), ...own, audienceOf(application, locale)];
  }

  async #protocol(application: ApplicationEntity, locale: Locale): Promise<AdminApplicationCheck[]> {
    return [
      await this.#proof(application, locale),
      ...pkceOf(application, locale),
      ...(await this.#keys(application, locale)),
      ...(await this.#backChannel(application, locale)),
    ];
  }

  /** An application behind the gate does not authenticate: its proxy asks the gate, and its rules decide. */
  async #gate(application: ApplicationEntity, locale: Locale): Promise<AdminApplicationCheck[]> {
    const hasRules = (await this.rules.list(application.id)).length > 0;
    const hasProxy = this.proxies.namesProxies;
    return [
      found('rules', hasRules, hasRules ? 'rules-there' : 'rules-missing', locale),
      found('proxies', hasProxy, hasProxy ? 'proxies-named' : 'proxies-missing', locale),
      requestOf(application, locale),
    ];
  }

  async #proof({ id, authMethod }: ApplicationEntity, locale: Locale): Promise<AdminApplicationCheck> {
    if (authMethod === 'none') return found('proof', true, 'no-proof', locale);
    if (authMethod === 'tls_client_auth') return found('proof', true, 'certificate', locale);
    if (authMethod === 'private_key_jwt') return found('proof', true, 'keys-given', locale);
    const isLive = (await this.secrets.list(id)).length > 0;
    return found('proof', isLive, isLive ? 'secret-live' : 'secret-missing', locale);
  }

  async #keys({ jwksUri }: ApplicationEntity, locale: Locale): Promise<AdminApplicationCheck[]> {
    if (jwksUri === null) return [];
    const result = await this.outbound.send(jwksUri, { method: 'GET', timeoutMs: TIMEOUT_MS });
    if (result.outcome === 'failed') return [unreachable('keys', testFailureText(jwksUri, result, locale))];
    const areKeys = result.status === 200 && isPublicKeySet(result.body);
    return [found('keys', areKeys, areKeys ? 'keys-found' : 'keys-wrong', locale)];
  }

  /** Any answer will do: without a logout token it is an error. */
  async #backChannel(
    { backchannelLogoutUri: uri }: ApplicationEntity,
    locale: Locale,
  ): Promise<AdminApplicationCheck[]> {
    if (uri === null) return [];
    const result = await this.outbound.send(uri, { method: 'POST', timeoutMs: TIMEOUT_MS });
    if (result.outcome === 'failed')
      return [unreachable('back-channel', testFailureText(uri, result, locale))];
    return [found('back-channel', true, 'back-channel-answers', locale)];
  }
}

function statusOf({ status }: ApplicationEntity, locale: Locale): AdminApplicationCheck {
  const isActive = status === 'active';
  return found('status', isActive, isActive ? 'enabled' : 'disabled', locale);
}

/** Named where it is off alone: a stolen code would sign its thief in. */
function pkceOf({ pkce }: ApplicationEntity, locale: Locale): AdminApplicationCheck[] {
  return pkce === 'off' ? [found('pkce', false, 'pkce-off', locale)] : [];
}

function requestOf({ firstSeenAt, seenFrom }: ApplicationEntity, locale: Locale): AdminApplicationCheck {
  if (firstSeenAt) return found('request', true, 'request-seen', locale);
  if (seenFrom) return { check: 'request', ok: false, explanation: doubtText(seenFrom, locale) };
  return found('request', false, 'request-missing', locale);
}

function audienceOf(application: ApplicationEntity, locale: Locale): AdminApplicationCheck {
  const { structureId, audienceRoles, audienceStructures, audienceProfessions } = application;
  const isLimited = [audienceRoles, audienceStructures, audienceProfessions].some((list) => list.length > 0);
  const everybody = application.kind === 'gate' ? 'by-rules' : 'everybody';
  return found('audience', true, isLimited || structureId !== null ? 'some' : everybody, locale);
}

function found(check: AdminApplicationCheck['check'], ok: boolean, finding: Finding, locale: Locale) {
  return { check, ok, explanation: FINDINGS[finding][locale] };
}

function unreachable(check: AdminApplicationCheck['check'], explanation: string): AdminApplicationCheck {
  return { check, ok: false, explanation };
}
