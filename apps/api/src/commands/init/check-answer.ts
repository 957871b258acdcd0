import { findRelays } from '@portillon/notification';
import { sentinelAddress } from '@portillon/rate-limit';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { EnvironmentReader } from '../../settings/environment-reader';
import { notificationOptions } from '../../settings/lib-options';
import { settingsOf } from '../../settings/read/read-settings';
import type { Settings } from '../../settings/settings';
import { CommandRefusal } from '../refusal';
import type { KeptSecret } from './kept-secret.types';
import type { Target } from './target.types';
import { serverVersion } from './database-accounts';
import { databaseAnswer } from './database-answer';
import { type Answers, environmentOf, hostOf, type QuestionName, type SettingValues } from './questions';
import { checkCertificate, parseTls } from './tls-answer';

const CONNECT_MS = 3_000;
const REDIS_PORT = 6_379;
const MYSQL_PORT = 3_306;

/**
 * Checks the answer `name`, the last of `answers`: its settings, then what it names (a server, a relay, a certificate).
 * Returns what was found, as a sentence.
 *
 * @throws CommandRefusal saying what to correct
 */
export async function checkAnswer(
  name: QuestionName,
  answers: Partial<Answers>,
  { further, target }: { further: SettingValues; target: Pick<Target, 'unchecked' | 'kept'> },
): Promise<string> {
  const { [name]: answer = '', ...before } = answers;
  const environment = environmentOf(answers, further);
  const known = problemsOf(environmentOf(before, further));
  const found = problemsOf(environment).filter((problem) => !known.includes(problem));
  if (found.length > 0) throw new CommandRefusal(found.join('; '));
  return target.unchecked.includes(name)
    ? 'not checked from here'
    : CHECKS[name](answer, environment, target.kept);
}

type Check = (answer: string, environment: SettingValues, kept: KeptSecret) => Promise<string> | string;

const CHECKS: Record<QuestionName, Check> = {
  address: async (answer) => {
    const host = hostOf(answer);
    const found = await lookup(host).catch(() => undefined);
    return found ? `${host} is ${found.address}` : `${host} has no address yet: add it to the DNS`;
  },
  operator: (answer) => answer,
  database: async (answer, environment) => {
    const { url, hasAdministrator } = databaseAnswer(answer);
    if (hasAdministrator) return `${await serverVersion(answer, environment)} answers`;
    await reach({ host: url.hostname, port: Number(url.port || MYSQL_PORT) });
    return 'it answers; its administrator will run SQL that creates two accounts';
  },
  mail: async (_answer, environment, kept) => {
    const to = environment['SUPPORT_EMAIL']!;
    const isNew = kept('SMTP_URL') !== environment['SMTP_URL'];
    const options = notificationOptions(settingsFrom(environment));
    const found = await findRelays(options, isNew ? testMail(to) : undefined);
    const failing = found.find(({ state }) => state === 'failing');
    if (failing) throw new CommandRefusal(`the relay ${failing.text}: ${failing.advice ?? ''}`);
    return isNew ? `the relay took a test mail for ${to}` : 'the relay answers';
  },
  sms: (_answer, environment) => {
    const kinds = settingsFrom(environment).sms.map(({ kind }) => kind);
    return kinds.length > 0 ? `by ${kinds.join(', ')}` : 'off: codes go by mail';
  },
  tls: (answer, { PUBLIC_URL }) => {
    const tls = parseTls(answer);
    return tls.kind === 'proxy' ? `by the proxy ${tls.proxy}` : checkCertificate(tls, hostOf(PUBLIC_URL));
  },
  machines: async (_answer, { REDIS_URL }) => {
    if (!REDIS_URL) return 'two instances on this machine';
    const { hostname, port } = new URL(REDIS_URL.replace(/,.*/, ''));
    const nodes = sentinelAddress(REDIS_URL)?.nodes ?? [{ host: hostname, port: Number(port || REDIS_PORT) }];
    for (const node of nodes) await reach(node);
    return 'it answers: run "portillon init" on each machine, with a copy of /etc/portillon';
  },
  administrator: (answer) => answer,
};

function testMail(to: string) {
  const subject = 'Portillon : message d’essai';
  const text = 'Ce message prouve que Portillon peut envoyer des mails. / Portillon can send mail.';
  return { to, subject, text };
}

function problemsOf(environment: SettingValues): string[] {
  const read = new EnvironmentReader(environment);
  settingsOf(read, '/');
  return read.problems;
}

/** The settings, whatever is still missing from them. */
function settingsFrom(environment: SettingValues): Settings {
  return { ...settingsOf(new EnvironmentReader(environment), '/'), systemd: null, warnings: [] };
}

async function reach({ host, port }: { host: string; port: number }): Promise<void> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
  } catch {
    throw new CommandRefusal(`nothing answers at ${host}`);
  } finally {
    socket.destroy();
  }
}
