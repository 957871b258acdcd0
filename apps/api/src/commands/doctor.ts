import { Migrator } from '@portillon/persistence';
import type { INestApplicationContext } from '@nestjs/common';
import { Check, Health } from '../health/health';
import { loadSettings } from '../settings/load-settings';
import { Settings } from '../settings/settings';
import { openContext } from './context';

type Finding = readonly [name: string, well: boolean, text: string];

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
    app = await openContext(settings);
  } catch (error) {
    return [
      ['database', false, `does not answer (${(error as Error).message}): check DATABASE_URL and the server`],
    ];
  }
  try {
    const { checks } = await app.get(Health).readiness();
    const behind = await app.get(Migrator).pending();
    return [
      finding('database', checks.database, 'check DATABASE_URL and the server'),
      ['tables', !behind, behind ? 'behind this version: run "portillon migrate"' : 'up to date'],
      finding(
        'redis',
        checks.redis,
        'check REDIS_URL and the server; the database counts the limits meanwhile',
      ),
      finding('mail', checks.mail, 'check SMTP_URL and the relay'),
      finding('sms', checks.sms, 'check the TWILIO_* variables and Twilio’s status'),
    ];
  } finally {
    await app.close();
  }
}

function finding(name: string, check: Check, advice: string): Finding {
  if (check.status === 'off') return [name, true, 'off: not set'];
  if (check.status === 'down') return [name, false, `does not answer: ${advice}`];
  return [name, true, check.latencyMs === null ? 'set' : `answers in ${check.latencyMs} ms`];
}
