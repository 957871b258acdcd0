import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationSecretService, isPublicKeySet } from '@portillon/application';
import { GateRuleService, ProxyRequestService } from '@portillon/gate';
import type { Locale } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';
import { doubtText, testFailureText, FINDINGS } from './application-test.texts';
import type { AdminApplicationCheck } from './application-view.dto';

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
