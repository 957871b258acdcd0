import type { AccountOptions } from '@portillon/account';
import type { SetupOptions } from '@portillon/administration-setup';
import type { ApplicationOptions } from '@portillon/application';
import type { AuditOptions } from '@portillon/audit';
import type { AccessOptions, SignInMeans } from '@portillon/access';
import type { PasskeyOptions } from '@portillon/authenticator';
import type { CredentialOptions } from '@portillon/credential';
import { hasOrganisations, type CpxOptions } from '@portillon/cpx';
import { DAY, HOUR, MINUTE } from '@portillon/kernel';
import type { NotificationOptions } from '@portillon/notification';
import { CLIENT_PATHS, type OpenidOptions } from '@portillon/openid';
import type { DemoMailbox, OperationOptions } from '@portillon/operation';
import type { PersistenceOptions, PersistencePart } from '@portillon/persistence';
import type { ProSanteConnectOptions } from '@portillon/pro-sante-connect';
import type { SessionOptions } from '@portillon/session';
import { readFileSync } from 'node:fs';
import { version } from '../../package.json';
import { sbomDigest } from '../sbom-digest';
import type { CpxSettings, ProSanteConnectSettings, Settings } from './settings';

/** Maps settings to the options of each library. Pure functions: read here what a variable does. */
export function persistenceOptions(
  { databaseUrl: url, database: { replicaUrl, poolSize, tls } }: Settings,
  parts: PersistencePart[],
): PersistenceOptions {
  const ca = tls.caFile ? readFileSync(tls.caFile, 'utf8') : undefined;
  return {
    url,
    parts,
    poolSize,
    tls: { mode: tls.mode, ...(ca ? { ca } : {}) },
    ...(replicaUrl ? { replicaUrl } : {}),
  };
}

/** Months of 365/12 days: 24 of them are 730 days. */
export function accountOptions({ accountRetentionMonths, moveInUntil }: Settings): AccountOptions {
  const retention = { closedKeptMs: Math.round((accountRetentionMonths * 365) / 12) * DAY };
  return { retention, moveIn: { until: moveInUntil } };
}

export function setupOptions({ publicUrl, serviceName, statements }: Settings): SetupOptions {
  return { publicUrl, serviceName, ...(statements && { statements }) };
}

/** Attackers try these names first: those of the service, whose host users type, and of its operator. */
export function credentialOptions(settings: Settings): CredentialOptions {
  const { serviceName, operatorName, publicUrl, passwords } = settings;
  const names = [
    'portillon',
    serviceName,
    new URL(publicUrl).hostname,
    ...(operatorName ? [operatorName] : []),
  ];
  return { passwords: { forbiddenWords: names, breachedFile: passwords.breachedFile } };
}

export function accessOptions(settings: Settings): AccessOptions {
  return {
    publicUrl: settings.publicUrl,
    codeWindowMs: settings.codeWindowHours * HOUR,
    codeWindowScope: settings.codeWindowScope,
    administratorsNeedStrongMeans: settings.adminStrongMeans,
    recoveryCodes: settings.recoveryCodes,
    otherMeans: otherMeans(settings),
  };
}

function otherMeans(settings: Settings): SignInMeans[] {
  return [
    ...(settings.proSanteConnect ? (['pro-sante-connect'] as const) : []),
    ...(settings.cpx ? (['cpx'] as const) : []),
    ...(settings.passkeys ? (['passkey'] as const) : []),
  ];
}

export function proSanteConnectOptions(settings: Settings): ProSanteConnectOptions {
  const { publicUrl, proSanteConnect } = settings;
  if (!proSanteConnect) return { publicUrl, provider: null };
  const { authentication, ...rest } = proSanteConnect;
  return { publicUrl, provider: { ...rest, authentication: credentials(authentication) } };
}

function credentials(authentication: ProSanteConnectSettings['authentication']) {
  if ('clientSecret' in authentication) return authentication;
  const read = (file: string) => readFileSync(file, 'utf8');
  return { cert: read(authentication.certFile), key: read(authentication.keyFile) };
}

const NO_CARDS: CpxSettings = {
  trustFile: '',
  crlFiles: [],
  ocspUrl: null,
  allowTestCards: false,
  allowServiceCards: false,
  proxySecret: null,
  url: null,
  port: null,
};

export function cpxOptions(settings: Settings): CpxOptions {
  const { publicUrl, trustedProxies, cpx } = settings;
  const { trustFile, crlFiles, url, port, ...rest } = cpx ?? NO_CARDS;
  return {
    ...rest,
    enabled: cpx !== null,
    publicUrl,
    trustedProxies,
    cardUrl: url,
    applicationPaths: takesClientCertificates(settings) ? CLIENT_PATHS : [],
    trustBundle: cpx ? readFileSync(trustFile, 'utf8') : '',
    revocationListFiles: crlFiles,
  };
}

/** Where the bundle of the cards has an authority of applications' certificates too. */
function takesClientCertificates({ cpx }: Settings): boolean {
  return cpx !== null && hasOrganisations(readFileSync(cpx.trustFile, 'utf8'));
}

export function auditOptions({ auditRetentionMonths, auditStream }: Settings): AuditOptions {
  return {
    retentionMonths: auditRetentionMonths,
    ...(auditStream ? { stream: auditStream } : {}),
  };
}

export function passkeyOptions({ publicUrl, passkeys, totp, serviceName }: Settings): PasskeyOptions {
  const origin = new URL(publicUrl).origin;
  const { rpId, relatedOrigins } = passkeys ?? { rpId: '', relatedOrigins: [] };
  return { enabled: passkeys !== null, totp, rpId, rpName: serviceName, origin, relatedOrigins };
}

export function applicationOptions(settings: Settings): ApplicationOptions {
  const { publicUrl, cpx, acrOfMeans, production, outboundAllow, pkceOff } = settings;
  return {
    acrOfMeans,
    clientCertificates: takesClientCertificates(settings),
    ownUrls: [publicUrl, ...(cpx?.url ? [cpx.url] : [])],
    pkceOff,
    loopbackPages: !production,
    plainHosts: outboundAllow,
  };
}

export function openidOptions({ publicUrl, serviceName, accessTokenSeconds, cpx }: Settings): OpenidOptions {
  return { publicUrl, serviceName, accessTokenSeconds, certificateOrigin: cpx?.url ?? null };
}

export function sessionOptions(settings: Settings): SessionOptions {
  return {
    idleMs: settings.sessionIdleMinutes * MINUTE,
    absoluteMs: settings.sessionMaxHours * HOUR,
    codeWindowMs: settings.codeWindowHours * HOUR,
  };
}

/** Its pages and papers show the settings as they are. */
export function operationOptions(settings: Settings): OperationOptions {
  return { ...settings, version, sbomSha256: sbomDigest() };
}

/** The demo's mailbox takes what no provider is named for; elsewhere a channel without provider is off. */
export function notificationOptions(
  { mail, sms, serviceName }: Settings,
  mailbox?: DemoMailbox,
): NotificationOptions {
  const from = `${serviceName} <portillon@demo.example>`;
  const providers = sms.length === 0 && mailbox ? [mailbox.smsSender] : sms;
  return {
    mail: mail ?? (mailbox && { transport: mailbox.mailTransport, from }),
    ...(providers.length > 0 ? { sms: { providers } } : {}),
  };
}
