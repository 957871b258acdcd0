import type { INestApplicationContext } from '@nestjs/common';
import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { PractitionerDirectoryService } from '@portillon/administration';
import { CardVerifierService } from '@portillon/cpx';
import { DatabaseHealthService, MigratorService, SchemaService } from '@portillon/persistence';
import { ProSanteConnectHealth } from '@portillon/pro-sante-connect';
import { RateLimiterService } from '@portillon/rate-limit';
import { DATABASE, failureParts, REDIS } from '../../diagnosis/failure-text';
import { doubtful, fine, Finding, NOT_SET, wrong } from '../../diagnosis/finding';
import { examineClock, examineExpiries } from '../../diagnosis/time.examination';
import { examineDirectory } from '../../diagnosis/directory.examination';
import { examineLegalNotice } from '../../diagnosis/legal-notice.examination';
import { examineStatements } from '../../diagnosis/statements.examination';
import { examineKeys } from '../../diagnosis/keys.examination';
import { examineApplications } from '../../diagnosis/applications.examination';
import { examineWebhooks } from '../../diagnosis/webhooks.examination';
import { examineStream } from '../../diagnosis/stream.examination';
import { examineBreachedPasswords } from '../../diagnosis/passwords.examination';
import { examinePreparedStatements } from '../../diagnosis/prepared-statements.examination';
import { examineReplica } from '../../diagnosis/replica.examination';
import { examineVersions } from '../../diagnosis/versions.examination';
import { examineProvider } from '../../diagnosis/provider.examination';
import { examineDns } from '../../diagnosis/dns.examination';
import { examineMail } from '../../diagnosis/mail.examination';
import { examineCards, examineProSanteConnect } from '../../diagnosis/strong-means.examination';
import { examineSms } from '../../diagnosis/sms.examination';
import { ClockSkewService } from '../../health/clock-skew.service';
import { ExpiryService } from '../../health/expiry.service';
import { HealthService } from '../../health/health.service';
import type { Check } from '../../health/health.types';
import { loadSettings } from '../../settings/load-settings';
import { Settings } from '../../settings/settings';
import { openContext } from '../context';
import { Refusal } from '../refusal';
import { faultsText } from '../database/tables';

const DNS_TIMEOUT_MS = 3_000;

export interface DoctorOptions {
  json?: boolean;
  dns?: boolean;
  /** An address, with a port where it is not 53. */
  resolver?: string;
}

/** Says for every dependency whether it answers and what to do; exit code 1 when one does not. */
export async function examine({ json, dns, resolver }: DoctorOptions = {}): Promise<void> {
  const settings = loadSettings();
  const findings = [
    fine('settings', 'read and complete'),
    ...settings.warnings.map((warning) => doubtful('settings', warning)),
    ...(await examineAll(settings)),
    ...(dns ? await examineDns(settings, dnsResolver(resolver)) : []),
  ];
  if (json) console.log(JSON.stringify({ findings: findings.map(report) }, null, 2));
  else for (const finding of findings) console.log(line(finding));
  process.exitCode = findings.every(({ well }) => well) ? 0 : 1;
}

function dnsResolver(address: string | undefined): Resolver {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 2 });
  if (address) useServer(resolver, address);
  return resolver;
}

function useServer(resolver: Resolver, address: string): void {
  try {
    resolver.setServers([address]);
  } catch {
    throw new Refusal('--resolver must be an address, such as 192.0.2.53 or 127.0.0.1:5353');
  }
}

/** For what watches. */
function report(finding: Finding) {
  const { name, text, advice = null } = finding;
  return { id: name, status: labelOf(finding).trim().toLowerCase(), sentence: text, advice };
}

function line(finding: Finding): string {
  const { name, text, advice } = finding;
  return `${labelOf(finding)}  ${name.padEnd(10)} ${[text, advice].filter(Boolean).join(': ')}`;
}

function labelOf({ well, isWarning }: Finding): string {
  if (isWarning) return 'warn';
  return well ? 'ok  ' : 'FAIL';
}

/** Without its database the service cannot even be put together: the relay alone is examined beside it. */
async function examineAll(settings: Settings): Promise<Finding[]> {
  let app: INestApplicationContext;
  try {
    app = await openContext({ ...settings, logLevel: 'silent' }, 'doctor');
  } catch (error) {
    return [wrong('database', ...failureParts(error, DATABASE)), ...(await examineMail(settings))];
  }
  try {
    return await examineParts(app, settings);
  } finally {
    await app.close();
  }
}

/** What reads tables is left out where they do not fit: its failure would hide why. */
async function examineParts(app: INestApplicationContext, settings: Settings): Promise<Finding[]> {
  const { checks } = await app.get(HealthService).examine();
  const fit = await tables(app);
  return [
    finding('database', checks.database, 'check DATABASE_URL and the server'),
    ...(await examinePreparedStatements(app.get(DatabaseHealthService))),
    ...(await examineVersions(app.get(DatabaseHealthService), await osRelease())),
    fit,
    ...(fit.well ? [await examineKeys(app)] : []),
    await redis(app.get(RateLimiterService)),
    ...(await examineMail(settings)),
    finding(
      'sms',
      checks.sms,
      'check the settings of SMS_PROVIDERS and what the providers say of their state',
    ),
    ...(fit.well ? await examineSms(app, settings) : []),
    await examineProSanteConnect(settings, app.get(ProSanteConnectHealth)),
    ...(await examineCards(settings, app.get(CardVerifierService))),
    await examineDirectory(app.get(PractitionerDirectoryService)),
    await examineBreachedPasswords(settings),
    examineStatements(settings),
    ...(await examineExpiries(app.get(ExpiryService))),
    ...(await examineClock(app.get(ClockSkewService))),
    ...(fit.well
      ? [
          await examineLegalNotice(app),
          await examineApplications(app),
          await examineWebhooks(app),
          await examineStream(app, settings),
          await examineReplica(app, settings),
          ...(await examineProvider(app, settings)),
        ]
      : []),
  ];
}

/** Empty where the machine has none. */
function osRelease(): Promise<string> {
  return readFile('/etc/os-release', 'utf8').catch(() => '');
}

async function tables(app: INestApplicationContext): Promise<Finding> {
  if (await app.get(MigratorService).pending())
    return wrong('tables', 'behind this version', 'run "portillon migrate"');
  const faults = await app.get(SchemaService).faults();
  return faults.length > 0 ? wrong('tables', faultsText(faults)) : fine('tables', 'up to date');
}

async function redis(limiter: RateLimiterService): Promise<Finding> {
  if (!limiter.usesRedis) return fine('redis', NOT_SET);
  const start = performance.now();
  try {
    await limiter.pingRedis();
    return fine('redis', `answers in ${Math.round(performance.now() - start)} ms`);
  } catch (error) {
    const [found, advice] = failureParts(error, REDIS);
    return wrong('redis', found, `${advice}; the database counts the limits meanwhile`);
  }
}

function finding(name: string, check: Check, advice: string): Finding {
  if (check.status === 'off') return fine(name, NOT_SET);
  if (check.status === 'down') return wrong(name, 'does not answer', advice);
  return fine(name, check.latencyMs === null ? 'set' : `answers in ${check.latencyMs} ms`);
}
