import { mount } from '@vue/test-utils';
import { beforeAll, expect, it } from 'vitest';
import { defineComponent } from 'vue';
import { loadMessages } from '../../../locales';
import { useJournalSheet } from './journal-sheet';

const line = {
  id: 'e1',
  at: '2026-11-24T21:30:19.821Z',
  name: 'authn_login_fail',
  outcome: 'FAILURE',
  account: { id: 'a1', username: 'claire.martin', displayName: '=1+1 "Claire"' },
  actor: null,
  structure: { id: 's1', name: 'Hôpital des Trois Dames' },
  application: null,
  means: 'password',
  channel: null,
  address: '192.0.2.7',
  device: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  requestId: null,
  reason: 'deactivated-wrong-password',
  data: { alarm: 'x' },
  seal: null,
};

beforeAll(async () => {
  for (const texts of ['journal', 'events', 'my-account'] as const) await loadMessages(texts);
});

async function sheetOf(...lines: object[]): Promise<string[]> {
  let sheet!: ReturnType<typeof useJournalSheet>;
  mount(defineComponent({ setup: () => ((sheet = useJournalSheet()), () => null) }));
  const file = await sheet(new Blob(lines.map((one) => `${JSON.stringify(one)}\n`)));
  return (await file.text()).trimEnd().split('\r\n');
}

it('gives a spreadsheet the words and the time of the page, and neither JSON nor a raw user agent', async () => {
  const [titles, first, second] = await sheetOf(line, { ...line, outcome: 'SUCCESS', seal: 1042 });
  expect(titles).toContain('"Date et heure (Paris)";"Action";"Résultat";"Personne"');
  expect(first).toMatch(/^"24\/11\/2026 22:30:19";"[^"]+";"Refusé";"'=1\+1 ""Claire""";"claire\.martin";/);
  expect(first).toContain('Le compte est désactivé');
  expect(first).toContain('Firefox');
  expect(first).not.toMatch(/Mozilla|authn_|[{}]/);
  expect(second).toMatch(/;1042;"e1"$/);
});
