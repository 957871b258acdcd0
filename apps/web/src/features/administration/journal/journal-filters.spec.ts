import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginAsStructureAdmin } from '../../../../test/administration-server';
import { field, open, page, router, settle, text } from '../../../../test/pages';
import * as journalApi from '../../../api/journal.api';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/journal.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');

const api = vi.mocked(journalApi);

beforeEach(() => {
  // The test environment lacks `scrollIntoView`.
  Element.prototype.scrollIntoView = () => undefined;
  beginAsStructureAdmin();
  api.listEvents.mockResolvedValue({ items: [], nextCursor: null });
  api.getEventProof.mockResolvedValue({ head: null, proof: null });
});
afterEach(() => page.unmount());

const acts = () => field('Toutes les actions');
const found = () => [...document.querySelectorAll('[role=option]')].map((one) => one.textContent);
const taken = () => document.querySelector<HTMLElement>('[aria-label^="Ne plus filtrer par"]');

async function typed(words: string) {
  vi.useFakeTimers();
  acts().focus();
  acts().value = words;
  acts().dispatchEvent(new Event('input', { bubbles: true }));
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  await settle();
}
async function key(name: string) {
  acts().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  await settle();
}

it('finds an act by the words of its name, and asks for it by the keyboard alone', async () => {
  await open('/administration/journal?outcome=FAILURE');
  await typed('refuse code');
  expect(found()).toEqual(['Code refusé (Codes et navigateurs)']);
  await key('Enter');
  expect(router.currentRoute.value.query).toEqual({ outcome: 'FAILURE', act: 'authn_code_fail' });
  expect(api.listEvents.mock.lastCall?.[0]).toMatchObject({ name: ['authn_code_fail'] });
});

it('offers the subjects before anything is typed', async () => {
  await open('/administration/journal');
  acts().focus();
  await key('ArrowDown');
  expect(found()).toHaveLength(14);
  await key('ArrowDown');
  await key('Enter');
  expect(router.currentRoute.value.query).toEqual({ act: 'subject:codes' });
});

it('moves the focus to the button that clears the event, and then to the field', async () => {
  await open('/administration/journal');
  await typed('connexion reussie');
  await key('Enter');
  expect(document.activeElement).toBe(taken());
  expect(taken()?.textContent).toBe('Connexion réussie');
  taken()?.click();
  await settle();
  expect(router.currentRoute.value.query).toEqual({});
  expect(document.activeElement).toBe(acts());
});

it('shows the name of the event in the address, and ignores an unknown one', async () => {
  await open('/administration/journal?act=subject:webhooks');
  expect(taken()?.textContent).toMatch(/^Tout.: Webhooks$/);
  page.unmount();
  await open('/administration/journal?act=subject:constructor');
  expect(taken()).toBeNull();
  expect(text()).toContain('Aucune ligne');
});
