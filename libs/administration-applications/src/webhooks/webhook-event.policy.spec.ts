import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalLine } from '@portillon/audit';
import { DELIVERED_EVENTS, webhookEventOf } from './webhook-event.policy';

const LIBS = join(__dirname, '../../..');

/** All that the journals of the libs can say. */
function journals(): string {
  const files = readdirSync(LIBS).flatMap((lib) => {
    const sources = join(LIBS, lib, 'src');
    const names = existsSync(sources) ? readdirSync(sources, { encoding: 'utf8', recursive: true }) : [];
    return names.filter((name) => name.endsWith('.journal.ts')).map((name) => join(sources, name));
  });
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

function line(name: string, changes: Partial<JournalLine> = {}): JournalLine {
  const ids = { id: 'event', accountId: 'claire', structureId: 'hospital' };
  const client = { address: '192.0.2.7', device: 'Firefox' };
  return { name, ...ids, ...client, happenedAt: new Date(0), data: {}, ...changes };
}

describe('what webhooks say of the journal', () => {
  it('is said of words that the journal has', () => {
    const words = journals();
    expect(DELIVERED_EVENTS.filter((name) => !words.includes(`    ${name}: {`))).toEqual([]);
  });

  it('is a type, the time and ids, and nothing else of the line', () => {
    expect(webhookEventOf(line('authn_login_success'))).toEqual({
      type: 'session.opened',
      structureId: 'hospital',
      at: new Date(0),
      data: { eventId: 'event', accountId: 'claire', structureId: 'hospital' },
    });
  });

  it('distinguishes the opening of an emergency access from its end', () => {
    const access = (act: string) => webhookEventOf(line('authz_admin', { data: { act } }))?.type;
    expect(access('open')).toBe('emergency_access.opened');
    expect(access('close')).toBe('emergency_access.closed');
  });

  it('names the import that is finished', () => {
    const data = { import: 'import', state: 'DONE', total: 3 };
    expect(webhookEventOf(line('users_imported', { accountId: null, data }))?.data).toEqual({
      eventId: 'event',
      accountId: null,
      structureId: 'hospital',
      importId: 'import',
    });
  });

  it('is empty for internal events', () => {
    expect(webhookEventOf(line('authn_login_fail'))).toBeUndefined();
    expect(webhookEventOf(line('constructor'))).toBeUndefined();
  });
});
