import type { INestApplicationContext } from '@nestjs/common';
import { Resolver } from 'node:dns/promises';
import { Examined, failureFinding, FindingRegistry, FindingState } from '@portillon/kernel';
import { findDns, findRelays } from '@portillon/notification';
import { notificationOptions } from '../../settings/lib-options';
import { loadSettings } from '../../settings/load-settings';
import { Settings } from '../../settings/settings';
import { openContext } from '../context';
import { CommandRefusal } from '../refusal';

const DNS_TIMEOUT_MS = 3_000;
const LABELS: Record<FindingState, string> = {
  off: 'ok',
  well: 'ok',
  remark: 'warn',
  warning: 'FAIL',
  failing: 'FAIL',
};

export interface DoctorOptions {
  json?: boolean;
  dns?: boolean;
  /** An address, with a port where it is not 53. */
  resolver?: string;
}

/** Prints for every dependency whether it answers and what to do; exit code 1 when one does not. */
export async function examine({ json, dns, resolver }: DoctorOptions = {}): Promise<void> {
  const settings = loadSettings();
  const findings: Examined[] = [
    { subject: 'settings', state: 'well', text: 'read and complete' },
    ...settings.warnings.map((text): Examined => ({ subject: 'settings', state: 'remark', text })),
    ...(await examineAll(settings)),
    ...(dns ? await findDns(notificationOptions(settings).mail, dnsResolver(resolver)) : []),
  ];
  if (json) console.log(JSON.stringify({ findings: findings.map(report) }, null, 2));
  else for (const finding of gravestFirst(findings)) console.log(line(finding));
  process.exitCode = findings.some(({ state }) => LABELS[state] === 'FAIL') ? 1 : 0;
}

function gravestFirst(findings: Examined[]): Examined[] {
  const order = ['FAIL', 'warn', 'ok'];
  return findings.toSorted((a, b) => order.indexOf(LABELS[a.state]) - order.indexOf(LABELS[b.state]));
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
    throw new CommandRefusal('--resolver must be an address, such as 192.0.2.53 or 127.0.0.1:5353');
  }
}

/** For a program that watches. */
function report({ subject, state, text, advice }: Examined) {
  return { id: subject, status: LABELS[state].toLowerCase(), sentence: text, advice: advice ?? null };
}

function line({ subject, state, text, advice }: Examined): string {
  return `${LABELS[state].padEnd(4)}  ${subject.padEnd(10)} ${[text, advice].filter(Boolean).join(': ')}`;
}

/** Without its database the service cannot even be put together: the relay alone is examined beside it. */
async function examineAll(settings: Settings): Promise<Examined[]> {
  let app: INestApplicationContext;
  try {
    app = await openContext({ ...settings, logLevel: 'silent' }, 'doctor');
  } catch (error) {
    const relays = await findRelays(notificationOptions(settings));
    return [
      { subject: 'database', ...failureFinding(error, 'DATABASE_URL') },
      ...relays.map((found) => ({ subject: 'mail', ...found })),
    ];
  }
  try {
    return seen(await app.get(FindingRegistry).check());
  } finally {
    await app.close();
  }
}

/** What cannot be seen is left out where the tables do not fit: its failure would hide why. */
function seen(findings: Examined[]): Examined[] {
  const fits = findings.every(({ subject, state }) => subject !== 'tables' || state === 'well');
  return fits ? findings : findings.filter(({ unseen }) => !unseen);
}
