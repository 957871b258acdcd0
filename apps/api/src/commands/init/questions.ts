import { isLoopback } from '@portillon/http';
import { hostname } from 'node:os';
import { CommandRefusal } from '../refusal';
import { databaseAnswer, LOCAL_DATABASE, SERVING, urlOf } from './database-answer';
import { parseTls } from './tls-answer';

/** Settings by their names, as in an environment. */
export type SettingValues = Record<string, string>;

export type QuestionName =
  'address' | 'operator' | 'database' | 'mail' | 'sms' | 'tls' | 'machines' | 'administrator';
export type Answers = Record<QuestionName, string>;

/** Every answer, checked, and further settings. */
export interface Collected {
  answers: Answers;
  settings: SettingValues;
}

/** A question of `portillon init`. Its answer is one line of text. */
export interface Question {
  text: string;
  /** An answer that no default can give; without a terminal, a file must have one of this form. */
  needed?: string;
  /** The answer to suggest. `answers`: the earlier ones. */
  usual(answers: Partial<Answers>): string;
  /** Settings that the answer decides, secrets included. @throws CommandRefusal if it cannot be read */
  settings(answer: string, answers: Partial<Answers>): SettingValues;
}

const MAILBOX = /^(.{1,60}?)\s*<([^\s<>]+@[^\s<>]+)>$/u;
const ONE_MACHINE = 'one';
const NO_SMS = 'none';

/** At most eight, in the order in which they are asked. */
export const QUESTIONS: Record<QuestionName, Question> = {
  address: {
    text: 'Public address of the service',
    needed: 'https://portail.hopital.example',
    usual: () => `https://${hostname()}`,
    settings: (answer) => {
      if (!URL.canParse(answer) || !hostOf(answer))
        throw new CommandRefusal('must begin with https://, such as https://portail.hopital.example');
      return { PUBLIC_URL: answer };
    },
  },
  operator: {
    text: 'Organisation that runs it and its support address, as Name <address>',
    needed: 'Hôpital d’exemple <support@hopital.example>',
    usual: ({ address }) => `Portillon <support@${hostOf(address)}>`,
    settings: (answer) => {
      const { name, email } = mailbox(answer);
      return { OPERATOR_NAME: name, SUPPORT_EMAIL: email };
    },
  },
  database: {
    text: 'Database: "local", or mysql://administrator:password@host:3306/portillon',
    usual: () => LOCAL_DATABASE,
    settings: (answer) => {
      const { url, isLocal } = databaseAnswer(answer);
      return {
        DATABASE_URL: urlOf(url, { name: SERVING, password: '' }),
        ...(isLocal ? {} : { DATABASE_TLS: 'verify' }),
      };
    },
  },
  mail: {
    text: 'Mail relay, as smtps://user:password@host',
    usual: () => 'smtp://127.0.0.1:25',
    settings: (answer, { address }) => ({
      SMTP_URL: isLoopback(hostOf(answer)) ? withoutTls(answer) : answer,
      MAIL_FROM: `Portillon <ne-pas-repondre@${hostOf(address)}>`,
      ...(isLoopback(hostOf(answer)) ? { SMTP_ALLOW_PLAIN: 'true' } : {}),
    }),
  },
  sms: {
    text: 'SMS: "none", or the settings of a provider, as NAME=value NAME=value',
    usual: () => NO_SMS,
    settings: (answer) => (answer === NO_SMS ? {} : pairs(answer)),
  },
  tls: {
    text: 'TLS: "nginx CERTIFICATE KEY", "server CERTIFICATE KEY", or "proxy ADDRESS" of another machine',
    usual: ({ address }) => {
      const folder = `/etc/letsencrypt/live/${hostOf(address)}`;
      return `nginx ${folder}/fullchain.pem ${folder}/privkey.pem`;
    },
    settings: (answer): SettingValues => {
      const tls = parseTls(answer);
      if (tls.kind === 'server') return {};
      return { TRUSTED_PROXIES: tls.kind === 'nginx' ? '127.0.0.1' : tls.proxy };
    },
  },
  machines: {
    text: 'Machines: "one", or the rediss:// address of the Redis or Valkey that several share',
    usual: () => ONE_MACHINE,
    settings: (answer): SettingValues => (answer === ONE_MACHINE ? {} : { REDIS_URL: answer }),
  },
  administrator: {
    text: 'First administrator, who gets an invitation by mail, as Name <address>',
    usual: ({ operator }) => `Administration <${mailbox(operator ?? '').email}>`,
    settings: (answer) => {
      mailbox(answer);
      return {};
    },
  },
};

export const QUESTION_NAMES = Object.keys(QUESTIONS) as QuestionName[];

/** The settings that the answers decide, and `further` ones, which override them. */
export function environmentOf(answers: Partial<Answers>, further: SettingValues): SettingValues {
  const decided = Object.entries(answers).map(([name, answer]) =>
    QUESTIONS[name as QuestionName].settings(answer, answers),
  );
  return Object.assign({ NODE_ENV: 'production' }, ...decided, further) as SettingValues;
}

/** Name and address of `Name <address>`. @throws CommandRefusal */
function mailbox(text: string): { name: string; email: string } {
  const [, name, email] = MAILBOX.exec(text.trim()) ?? [];
  if (!name || !email)
    throw new CommandRefusal('must be a name and an address, such as Hélène Roux <helene@hopital.example>');
  return { name, email };
}

/** Host of a URL; empty text if it cannot be read. */
export function hostOf(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).hostname : '';
}

/** A relay of this machine has a self-signed certificate, and the connection does not leave the machine. */
function withoutTls(url: string): string {
  return url.startsWith('smtp:') && !url.includes('?') ? `${url}?ignoreTLS=true` : url;
}

function pairs(answer: string): SettingValues {
  const words = answer
    .trim()
    .split(/\s+/)
    .map((word) => /^([A-Z0-9_]+)=(.+)$/.exec(word));
  if (words.some((word) => word === null))
    throw new CommandRefusal(
      'must be "none", or settings such as TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… TWILIO_FROM=…',
    );
  return Object.fromEntries(words.map((word) => [word![1]!, word![2]!]));
}

/** Options of `portillon account create` for the first administrator. */
export function administratorOptions(answer: string): string[] {
  const { name, email } = mailbox(answer);
  const username = email.split('@')[0]!.toLowerCase();
  return ['--username', username, '--email', email, '--name', name, '--role', 'national-admin'];
}

/** An argument for a shell. */
export function shellQuoted(argument: string): string {
  return /^[\w@.-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
