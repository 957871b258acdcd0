import { CardVerifierService } from '@portillon/cpx';
import { MigratorService } from '@portillon/persistence';
import { ProSanteConnectHealth } from '@portillon/pro-sante-connect';
import type { INestApplicationContext } from '@nestjs/common';
import { Check, Health } from '../health/health';
import { loadSettings } from '../settings/load-settings';
import { Settings } from '../settings/settings';
import { openContext } from './context';

type Finding = readonly [name: string, well: boolean, text: string];

const ADVICE = {
  database: 'check DATABASE_URL and the server',
  redis: 'check REDIS_URL and the server; the database counts the limits meanwhile',
  mail: 'check SMTP_URL and the relay',
  sms: 'check the TWILIO_* variables and Twilio’s status',
};

/** Says for every dependency whether it answers and what to do; exit code 1 when one does not. */
export async function examine(): Promise<void> {
  const settings = loadSettings();
  const findings: Finding[] = [['settings', true, 'read and complete'], ...(await reach(settings))];
  for (const [name, well, text] of findings)
    console.log(`${well ? 'ok  ' : 'FAIL'}  ${name.padEnd(10)} ${text}`);
  process.exitCode = findings.every(([, well]) => well) ? 0 : 1;
}

async function reach(settings: Settings): Promise<Finding[]> {
  let app: INestApplicationContext;
  try {
    app = await openContext({ ...settings, logLevel: 'silent' }, 'doctor');
  } catch (error) {
    return [['database', false, `does not answer (${(error as Error).message}): ${ADVICE.database}`]];
  }
  try {
    const { checks } = await app.get(Health).readiness();
    return [
      finding('database', checks.database),
      tables(await app.get(MigratorService).pending()),
      finding('redis', checks.redis),
      finding('mail', checks.mail),
      finding('sms', checks.sms),
      await proSanteConnect(settings, app.get(ProSanteConnectHealth)),
      ...(await cards(settings, app.get(CardVerifierService))),
    ];
  } finally {
    await app.close();
  }
}

function tables(behind: boolean): Finding {
  return ['tables', !behind, behind ? 'behind this version: run "portillon migrate"' : 'up to date'];
}

async function proSanteConnect(settings: Settings, health: ProSanteConnectHealth): Promise<Finding> {
  if (!settings.proSanteConnect) return ['psc', true, 'off: not set'];
  try {
    await health.ping();
    return ['psc', true, 'answers'];
  } catch (error) {
    const advice = 'check PSC_DISCOVERY_URL, the way out of this network, and PSC’s own status';
    return ['psc', false, `does not answer (${(error as Error).message}): ${advice}`];
  }
}

/** A list that is missing or stale refuses every card of its authority. */
async function cards(settings: Settings, verifier: CardVerifierService): Promise<Finding[]> {
  if (!settings.cpx) return [['cards', true, 'off: not set']];
  const states = await verifier.listStates();
  if (states.length === 0) return [['cards', true, 'set; whether one was revoked is asked of CPX_OCSP_URL']];
  return states.map(({ authority, goodUntil }) =>
    goodUntil
      ? ['cards', true, `${authority}: its list is good until ${goodUntil.toISOString()}`]
      : ['cards', false, `${authority}: no current list, its cards are refused: fetch CPX_CRL_FILES anew`],
  );
}

function finding(name: keyof typeof ADVICE, check: Check): Finding {
  if (check.status === 'off') return [name, true, 'off: not set'];
  if (check.status === 'down') return [name, false, `does not answer: ${ADVICE[name]}`];
  return [name, true, check.latencyMs === null ? 'set' : `answers in ${check.latencyMs} ms`];
}
