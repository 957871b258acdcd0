import type { AccountOptions } from '@portillon/account';
import type { DirectoryOptions, SetupOptions } from '@portillon/administration';
import type { ApplicationOptions } from '@portillon/application';
import type { AuditOptions, AuditStreamOptions } from '@portillon/audit';
import type { AuthOptions } from '@portillon/auth';
import type { AccessOptions, SignInMeans } from '@portillon/access';
import type { PasskeyOptions } from '@portillon/authenticator';
import type { CredentialOptions } from '@portillon/credential';
import { hasOrganisations } from '@portillon/cpx';
import type { CpxOptions } from '@portillon/cpx';
import type { GateOptions } from '@portillon/gate';
import { DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import type { DkimOptions, NotificationOptions, SmsProviderOptions } from '@portillon/notification';
import { CLIENT_PATHS } from '@portillon/openid';
import type { DemoMailbox, OperationOptions } from '@portillon/operation';
import type { OpenidOptions } from '@portillon/openid';
import type { OutboundOptions } from '@portillon/outbound';
import type { PersistenceOptions, PersistencePart } from '@portillon/persistence';
import type { ProSanteConnectOptions } from '@portillon/pro-sante-connect';
import type { RateLimitOptions } from '@portillon/rate-limit';
import type { RecoveryMailOptions } from '@portillon/recovery';
import type { SessionOptions } from '@portillon/session';
import { readFileSync } from 'node:fs';
import { version } from '../../package.json';
import { REPORTS_PATH } from '../delivery/delivery-reports';
import { sbomDigest } from '../sbom-digest';
import { isLoopback } from '@portillon/http';
import type {
  AuditStreamSettings,
  CpxSettings,
  DkimSettings,
  MailSettings,
  ProSanteConnectSettings,
  Settings,
  SmsProviderSettings,
  TwilioSettings,
} from './settings';

/** From settings to the options of each lib: pure functions, so that what a variable does can be read here. */
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
export function accountOptions({ accountRetentionMonths, statements }: Settings): AccountOptions {
  const retention = { closedKeptMs: Math.round((accountRetentionMonths * 365) / 12) * DAY };
  return { retention, ...(statements && { statements }) };
}

export function authOptions({ serviceName, smsDailyBudget }: Settings): AuthOptions {
  return { serviceName, smsDailyBudget };
}

/** Whose names a guess begins with: the service's, whose host people type, and its operator's. */
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
    ...(auditStream ? { stream: auditStreamOptions(auditStream) } : {}),
  };
}

function auditStreamOptions(settings: AuditStreamSettings): AuditStreamOptions {
  const { caFile, ...rest } = settings;
  return { ...rest, ...(caFile ? { ca: readFileSync(caFile, 'utf8') } : {}) };
}

export function passkeyOptions({ publicUrl, passkeys, totp, serviceName }: Settings): PasskeyOptions {
  const origin = new URL(publicUrl).origin;
  const { rpId, relatedOrigins } = passkeys ?? { rpId: '', relatedOrigins: [] };
  return { enabled: passkeys !== null, totp, rpId, rpName: serviceName, origin, relatedOrigins };
}

export function gateOptions({ publicUrl, gate }: Settings): GateOptions {
  return { publicUrl, ...gate };
}

export function recoveryOptions({ publicUrl, serviceName }: Settings): RecoveryMailOptions {
  return { publicUrl, serviceName };
}

export function rateLimitOptions({ redisUrl }: Settings): RateLimitOptions {
  return redisUrl ? { redisUrl } : {};
}

export function outboundOptions({ outboundAllow: allow }: Settings): OutboundOptions {
  return { allow };
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

export function directoryOptions({ annuaire }: Settings): DirectoryOptions {
  return { annuaire };
}

export function setupOptions({ publicUrl, serviceName }: Settings): SetupOptions {
  return { publicUrl, serviceName };
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
export function notificationOptions(settings: Settings, mailbox?: DemoMailbox): NotificationOptions {
  const sms = smsProviders(settings, mailbox);
  return { mail: mailOptions(settings, mailbox), ...(sms.length > 0 ? { sms: { providers: sms } } : {}) };
}

function mailOptions(settings: Settings, mailbox: DemoMailbox | undefined): NotificationOptions['mail'] {
  if (settings.mail) return relayOptions(settings.mail);
  return (
    mailbox && { transport: mailbox.mailTransport, from: `${settings.serviceName} <portillon@demo.example>` }
  );
}

function relayOptions(mail: MailSettings): NotificationOptions['mail'] {
  const { smtpUrls, from, requireTls, templates, dkim, bounces } = mail;
  return {
    transport: smtpUrls,
    from,
    requireTls,
    connections: mail.poolSize,
    connectMs: mail.connectSeconds * SECOND,
    idleMs: mail.idleSeconds * SECOND,
    ...(templates ? { templates } : {}),
    ...(bounces ? { bounces } : {}),
    ...(dkim ? { dkim: signingOptions(dkim) } : {}),
  };
}

function signingOptions({ domain, selector, keyFile }: DkimSettings): DkimOptions {
  return { domain, selector, privateKey: readFileSync(keyFile, 'utf8') };
}

function smsProviders(settings: Settings, mailbox: DemoMailbox | undefined) {
  if (settings.sms.length === 0) return mailbox ? [mailbox.smsSender] : [];
  return settings.sms.map((one) => smsProvider(one, settings.publicUrl));
}

function smsProvider({ perSecond, ...one }: SmsProviderSettings, publicUrl: string): SmsProviderOptions {
  const capacity = perSecond > 0 ? { capacityPerSecond: perSecond } : {};
  const receiptUrl = isReachable(publicUrl) ? publicUrl + REPORTS_PATH + one.kind : undefined;
  if (one.kind === 'kannel') return { ...one, ...capacity, receiptUrl };
  if (one.kind === 'ovh') return { ...one, apiUrl: one.apiUrl ?? undefined, ...capacity, receiptUrl };
  return { ...twilioOptions(one), ...capacity, statusCallbackUrl: receiptUrl };
}

function twilioOptions({ from, messagingServiceSid, apiUrl, ...account }: Omit<TwilioSettings, 'perSecond'>) {
  return {
    ...account,
    messageIntent: 'otp',
    from: from ?? undefined,
    messagingServiceSid: messagingServiceSid ?? undefined,
    apiUrl: apiUrl ?? undefined,
  };
}

/** Twilio refuses a message whose reports would go to an address that only this machine has. */
function isReachable(publicUrl: string): boolean {
  return !isLoopback(new URL(publicUrl).hostname);
}
