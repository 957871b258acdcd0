import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { vi } from 'vitest';
import { createMemoryHistory, createRouter, type Router, RouterView } from 'vue-router';
import { routes } from '../src/router/routes';
import { guardPages } from '../src/router/session.guard';

export let page: VueWrapper;
export let router: Router;

/** Opens a page as an address does. */
export async function open(path: string) {
  router = createRouter({ history: createMemoryHistory(), routes });
  guardPages(router);
  await router.push(path);
  page = mount(RouterView, { attachTo: document.body, global: { plugins: [router] } });
  await settle();
}
/** Pages are loaded when they are visited, which takes more than one turn. */
export async function settle() {
  await vi.dynamicImportSettled();
  await flushPromises();
}
const tidy = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
/** Of the page and of the dialogs over it. */
export const text = () => tidy(document.body.textContent ?? '');
export function field(label: string): HTMLInputElement {
  const named = [...document.querySelectorAll('label')].find((one) => tidy(one.textContent!) === label);
  if (!named) throw new Error(`No field is called ${label}`);
  return document.getElementById(named.htmlFor) as HTMLInputElement;
}
export async function type(label: string, value: string) {
  const input = field(label);
  input.value = value;
  input.dispatchEvent(new Event(input instanceof HTMLSelectElement ? 'change' : 'input'));
  await settle();
}
export async function press(name: string) {
  const buttons = [...document.querySelectorAll<HTMLElement>('button, a')];
  const button = buttons.findLast((one) => tidy(one.textContent!).trim() === name);
  if (!button) throw new Error(`Nothing to press is called ${name}`);
  if (button instanceof HTMLButtonElement && button.type === 'submit')
    button.form!.dispatchEvent(new Event('submit', { cancelable: true }));
  else button.click();
  await settle();
}
async function submit() {
  await page.get('form').trigger('submit');
  await settle();
}
export async function typePassword(username = 'claire.martin', password = 'secret') {
  await page.get('input[name=username]').setValue(username);
  await page.get('input[type=password]').setValue(password);
  await submit();
}
export async function typeCode(code = '482 913', name = 'code') {
  await page.get(`input[name=${name}]`).setValue(code);
  await submit();
}
