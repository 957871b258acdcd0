import { acrOfMeans } from '@portillon/application';
import { isLoopback } from '@portillon/http';
import { smsAddressOf } from '@portillon/notification';
import type { OperationOptions } from '../operation.options';
import type { Link, OfferedMeans } from './statement.types';
import type { Protection } from './statement.words';

const SERVER = /^(mysql|mariadb):/i;

/** Returns the means of signing in, including those that are off. */
export function meansOf(settings: OperationOptions): OfferedMeans[] {
  const levels = acrOfMeans(settings.acrOfMeans);
  const { proSanteConnect, cpx, passkeys, sms, totp, recoveryCodes } = settings;
  const stated = (means: Exclude<OfferedMeans['means'], 'recovery-code'>, on: boolean): OfferedMeans => {
    return { means, on, level: levels[means] ?? null };
  };
  return [
    stated('pro-sante-connect', proSanteConnect !== null),
    stated('cpx', cpx !== null),
    stated('passkey', passkeys !== null),
    stated('password+mail', true),
    stated('password+sms', sms.length > 0),
    stated('password+otp', totp),
    { means: 'recovery-code', on: recoveryCodes, level: null },
  ];
}

/** How each link of the deployment is protected, according to its settings. Makes no network request. */
export function linksOf(settings: OperationOptions): Link[] {
  const { databaseUrl, database, redisUrl, mail, sms, proSanteConnect, annuaire, auditStream } = settings;
  const { mode } = database.tls;
  return [
    publicLink(settings),
    databaseLink('database', databaseUrl, mode),
    ...(database.replicaUrl ? [databaseLink('replica', database.replicaUrl, mode)] : []),
    ...(redisUrl ? [redisLink(redisUrl)] : []),
    ...(mail?.transport.map((url) => smtpLink(url, mail.requireTls)) ?? []),
    ...sms.map((one) => webLink('sms', smsAddressOf(one))),
    ...(proSanteConnect ? [webLink('pro-sante-connect', proSanteConnect.discoveryUrl)] : []),
    ...(annuaire ? [webLink('annuaire', annuaire.url)] : []),
    ...(auditStream ? [streamLink(auditStream.url, auditStream.tls)] : []),
  ];
}

function publicLink({ publicUrl, tls }: OperationOptions): Link {
  const { host, hostname, protocol } = new URL(publicUrl);
  const secure: Protection = tls ? 'tls-here' : 'tls-proxy';
  return { link: 'public', to: host, protection: protocol === 'https:' ? secure : unencrypted(hostname) };
}

function databaseLink(link: 'database' | 'replica', url: string, mode: 'off' | 'required' | 'verify'): Link {
  if (!SERVER.test(url)) return { link, to: '', protection: 'same-machine' };
  const { host, hostname } = new URL(url);
  const protection = {
    off: unencrypted(hostname),
    required: 'tls-unverified',
    verify: 'tls-verified',
  } as const;
  return { link, to: host, protection: protection[mode] };
}

/** Sentinels may name a master on another machine. */
function redisLink(url: string): Link {
  const [, scheme, rest] = /^([^:]+):\/\/([^/]*)/.exec(url)!;
  const to = rest!.slice(rest!.lastIndexOf('@') + 1);
  if (scheme!.startsWith('rediss')) return { link: 'redis', to, protection: 'tls-verified' };
  const protection = scheme === 'redis' ? unencrypted(new URL(url).hostname) : 'plain';
  return { link: 'redis', to, protection };
}

/** The URL overrides all other settings, as in nodemailer. */
function smtpLink(url: string, requireTls: boolean): Link {
  const { host, hostname, protocol, searchParams } = new URL(url);
  const unverified = searchParams.get('tls.rejectUnauthorized') === 'false';
  const required = protocol === 'smtps:' || requireTls || searchParams.get('requireTLS') === 'true';
  const encrypted = unverified ? 'tls-unverified' : 'tls-verified';
  const clear = isLoopback(hostname) ? 'same-machine' : withoutPromise(searchParams);
  return { link: 'smtp', to: host, protection: required ? encrypted : clear };
}

function withoutPromise(searchParams: URLSearchParams): Protection {
  return searchParams.get('ignoreTLS') === 'true' ? 'plain' : 'tls-if-offered';
}

function webLink(link: Link['link'], url: string): Link {
  const { host, hostname, protocol } = new URL(url);
  return { link, to: host, protection: protocol === 'https:' ? 'tls-verified' : unencrypted(hostname) };
}

function streamLink({ host, hostname }: URL, tls: boolean): Link {
  return { link: 'audit-stream', to: host, protection: tls ? 'tls-verified' : unencrypted(hostname) };
}

function unencrypted(hostname: string): Protection {
  return isLoopback(hostname) ? 'same-machine' : 'plain';
}
