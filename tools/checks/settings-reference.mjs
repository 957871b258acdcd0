import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';

export const REFERENCE = join(ROOT, 'docs/guide/settings.md');

/** The server's settings, and the SMS providers' own. */
const FOLDERS = ['apps/api/src/settings', 'libs/notification/src/sms'].map((folder) => join(ROOT, folder));

/** Type of a setting, by the method of `EnvironmentReader` that reads it. */
const TYPES = {
  yes: 'true or false',
  url: 'URL',
  urls: 'list of URLs',
  origin: 'origin',
  origins: 'list of origins',
  addresses: 'list of addresses or blocks',
  destinations: 'list of destinations',
  stringList: 'list',
  capacity: 'whole number',
};
const CALL = /\b(\w+)\((?:read, |settings, )?'([A-Z][A-Z0-9_]+)'(?:, ([^;]*?))?\)/g;

/** Sources of the settings, without specs and fixtures. */
export function settingSources() {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.startsWith('testing'))
      .map((name) => join(folder, name)),
  );
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** `docs/guide/settings.md`: name, type, default, bounds and description of each setting. */
export function settingsReference(example, sources) {
  const types = typesOf(sources);
  const lines = [
    '# Settings',
    '',
    '<!-- Written by "npm run settings" from .env.example and the code. Do not edit. -->',
    '',
    'Every setting, by subject. The server reads them from its environment; outside production also from `.env`. `portillon settings` prints the values in use. [Configure](configure.md) explains the choices.',
  ];
  let description = [];
  for (const line of example.split('\n')) {
    const [, section] = /^## (.*)$/.exec(line) ?? [];
    const [, name, value] = /^# ([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (section) lines.push('', `## ${section}`, '');
    if (name) lines.push(entry({ name, value, type: types.get(name), description: description.join(' ') }));
    description = name || !line.startsWith('# ') ? [] : [...description, line.slice(2)];
  }
  return `${lines.join('\n')}\n`;
}

function entry({ name, value, type, description }) {
  // A description with a default overrides the example's value, because the default depends on other settings.
  const usual = value === '' || description.includes('Default:') ? [] : [`default: \`${value}\``];
  const facts = [...(type ? [type] : []), ...usual].join('; ');
  return `- **\`${name}\`**${facts ? ` (${facts})` : ''}: ${description.replaceAll('*', '\\*')}`;
}

function typesOf(sources) {
  const types = new Map();
  for (const [, method, name, rest = ''] of sources.matchAll(CALL)) {
    const type = method === 'whole' ? range(rest) : method === 'choice' ? choice(rest) : TYPES[method];
    if (type && !types.has(name)) types.set(name, type);
  }
  return types;
}

function range(bound) {
  const [min, max] = ['min', 'max'].map((key) => new RegExp(`${key}: ([\\d_]+)`).exec(bound)?.[1]);
  const number = (text) => Number(text.replaceAll('_', '')).toLocaleString('en');
  return min && max ? `whole number, ${number(min)} to ${number(max)}` : 'whole number';
}

function choice(rest) {
  const [, words] = /^\[([^\]]*)\]/.exec(rest) ?? [];
  return words && words.replaceAll("'", '').split(', ').join(' or ');
}
