import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { h, nextTick, reactive, ref } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useDraftsStore } from '../stores/drafts.store';
import { SECRETS, useDraft } from './drafts';

const Page = { render: () => null };
const routes = ['/', '/a', '/b'].map((path) => ({ path, component: Page }));
let drafts: ReturnType<typeof useDraftsStore>;
let router: ReturnType<typeof createRouter>;
let form: { values: { name: string; reason: string; password: string }; draft: ReturnType<typeof useDraft> };
let page: VueWrapper;

const Form = {
  setup() {
    const values = reactive({ name: 'Stored', reason: '', password: '' });
    form = { values, draft: useDraft(values, () => false) };
    return () => null;
  },
};
const isShown = ref(false);

/** Opens the form of the page at `path`, as its visitor finds it. */
async function visit(path: string) {
  await router.push(path);
  isShown.value = true;
  await nextTick();
}
/** The form is removed: with its page, or alone. */
async function remove() {
  isShown.value = false;
  await nextTick();
}
/** Types into the form of `/a`, then leaves it by another page. */
async function leaveTyped() {
  await visit('/a');
  Object.assign(form.values, { reason: 'Departure', password: 'secret' });
  await router.push('/');
  await remove();
}
/** Goes to another page, and answers the question whether to. */
async function goTo(path: string, answer?: boolean) {
  const gone = router.push(path);
  await flushPromises();
  expect(drafts.leaving !== null).toBe(answer !== undefined);
  drafts.leaving?.(answer!);
  await gone;
  return router.currentRoute.value.path;
}

beforeEach(() => {
  drafts = useDraftsStore();
  router = createRouter({ history: createMemoryHistory(), routes });
  drafts.open('claire');
  page = mount(() => (isShown.value ? h(Form) : null), { global: { plugins: [router] } });
});
afterEach(async () => {
  await remove();
  page.unmount();
});

it('brings back what was typed, after leaving and returning', async () => {
  await leaveTyped();
  await visit('/a');
  expect(form.values.reason).toBe('Departure');
  expect(form.draft.isResumed.value).toBe(true);
});

it('never keeps a password', async () => {
  await leaveTyped();
  await visit('/a');
  expect(form.values.password).toBe('');
});

it('brings back the changed fields only, so that the others show what is stored now', async () => {
  await visit('/a');
  form.values.reason = 'Departure';
  await router.push('/');
  await remove();
  await visit('/a');
  expect(form.values).toEqual({ name: 'Stored', reason: 'Departure', password: '' });
});

it('belongs to its page', async () => {
  await leaveTyped();
  await visit('/b');
  expect(form.values.reason).toBe('');
});

it('survives the end of the session, for the same account', async () => {
  await visit('/a');
  form.values.reason = 'Departure';
  drafts.close(true);
  await remove();
  drafts.open('claire');
  await visit('/a');
  expect(form.values.reason).toBe('Departure');
});

it.each([
  ['another account signs in', () => (drafts.close(true), drafts.open('paul'))],
  ['the person signs out', () => (drafts.close(false), drafts.open('claire'))],
  ['the workstation is shared', () => (drafts.close(true), drafts.drop(), drafts.open('claire'))],
])('is dropped when %s', async (_, change) => {
  await leaveTyped();
  change();
  drafts.open('claire');
  await visit('/a');
  expect(form.values.reason).toBe('');
});

it.each([
  ['another account signs in', () => (drafts.close(true), drafts.open('paul'))],
  ['the person signs out', () => drafts.close(false)],
  ['the workstation is shared', () => (drafts.close(true), drafts.drop())],
])('is not left behind by a page still open when %s', async (_, change) => {
  await visit('/a');
  form.values.reason = 'Departure';
  change();
  await router.push('/');
  await remove();
  drafts.open('claire');
  await visit('/a');
  expect(form.values.reason).toBe('');
});

it('is given up with a form that closes on its page', async () => {
  await visit('/a');
  form.values.reason = 'Departure';
  await remove();
  await visit('/a');
  expect(form.values.reason).toBe('');
});

it('asks before typed text is left, and follows the answer', async () => {
  drafts.guard(router);
  await visit('/a');
  form.values.reason = 'Departure';
  expect(await goTo('/b', false)).toBe('/a');
  expect(await goTo('/b', true)).toBe('/b');
  await remove();
  await visit('/a');
  form.draft.settle();
  expect(await goTo('/b')).toBe('/b');
});

it('asks before the tab is closed with typed text', async () => {
  drafts.guard(router);
  const isAsked = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  await visit('/a');
  expect(isAsked()).toBe(false);
  form.values.reason = 'Departure';
  expect(isAsked()).toBe(true);
});

it('knows every field of a form that is a password or a code', () => {
  const sources = join(import.meta.dirname, '..');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.vue'),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(sources, file), 'utf8').matchAll(
      /<(?:New)?(?:PasswordField|CodeField)\b[^>]*?v-model="form\.values\.(\w+)"/g,
    ),
  ]);
  expect(new Set(named.map(([, field]) => field))).toEqual(new Set(SECRETS));
});
