import { readFileSync } from 'node:fs';
import { mount } from '@vue/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW } from '../../test/samples';
import { loadMessages } from '../locales';
import ProblemNotice from './ProblemNotice.vue';

beforeEach(() => vi.useFakeTimers({ now: NOW }));

function notice(code: string, more = {}, onRetry?: () => void) {
  const problem = { code, retryAt: null, ...more };
  return mount(ProblemNotice, { attachTo: document.body, props: { problem, onRetry } });
}

describe('a refusal', () => {
  it('is announced and takes the focus', () => {
    const wrapper = notice('credentials.rejected');
    expect(wrapper.attributes('role')).toBe('alert');
    expect(document.activeElement).toBe(wrapper.element);
  });

  it('leads to help where help says more', () => {
    expect(notice('code.expired').get('a').attributes('href')).toBe('/aide#code-expire');
    expect(notice('not-found').find('a').exists()).toBe(false);
  });

  it('counts the wait down as a person would, then says that one may try again', async () => {
    const wrapper = notice('attempts.exceeded', { retryAt: NOW + 65_000 });
    expect(wrapper.text()).toContain('Vous pourrez réessayer dans 65\u00a0secondes.');
    await vi.advanceTimersByTimeAsync(66_000);
    expect(wrapper.text()).toContain('Vous pouvez réessayer.');
  });

  it('gives a long wait as a time of day too, in Paris', () => {
    const wrapper = notice('attempts.exceeded', { retryAt: NOW + 30 * 60_000 });
    expect(wrapper.text()).toContain('Vous pourrez réessayer à 12:30, dans 30\u00a0minutes.');
  });

  it('offers to try again when the service did not answer', async () => {
    const retry = vi.fn();
    const wrapper = notice('unreachable', {}, retry);
    await wrapper.get('button').trigger('click');
    expect(retry).toHaveBeenCalledOnce();
  });

  it('offers it only after the wait that the service asked for', async () => {
    const wrapper = notice('service.busy', { retryAt: NOW + 5_000 }, vi.fn());
    expect(wrapper.get('button').attributes()).toHaveProperty('disabled');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(wrapper.get('button').attributes()).not.toHaveProperty('disabled');
  });

  it('gives the reference for the support when it is our fault, and for a code that it does not know', () => {
    expect(notice('internal', { requestId: 'r-1' }).text()).toContain('r-1');
    expect(notice('brand.new').text()).toContain('Une erreur est survenue de notre côté');
  });
});

describe('the sentences', () => {
  /** Problems that only a program can meet, one with a separate page, and one for a missing page. */
  const technical = new RegExp(
    '^(method|body|media-type|token|certificate|identity|account|idempotency-key|access-token|requests|scope|gate|' +
      'credentials\\.ambiguous|interaction\\.expired|pages\\.missing)\\b',
  );
  const { components } = JSON.parse(readFileSync('../api/openapi.json', 'utf8'));
  const codes: string[] = components.schemas.ErrorCode.enum;

  beforeAll(() =>
    Promise.all(
      (['code', 'my-account', 'administration', 'passkey', 'recovery-codes', 'setup', 'totp'] as const).map(
        loadMessages,
      ),
    ),
  );

  it.each(codes.filter((code) => !technical.test(code)))('say what to do at %s', (code) => {
    const general = notice('internal').text();
    if (code !== 'internal') expect(notice(code).text()).not.toBe(general);
  });

  it('say of each limit of messages what is full, and what to do', async () => {
    const counts: string[] = components.schemas.Problem.properties.counted.enum;
    const texts = await Promise.all(counts.map(sentenceOf));
    expect(new Set(texts).size).toBe(counts.length);
    for (const text of texts) expect(text).toMatch(/Attendez|attendez|Recevez/);
    expect(await sentenceOf('brand-new')).toContain('Trop d’essais en peu de temps.');
  });

  async function sentenceOf(counted: string): Promise<string> {
    const wrapper = notice('attempts.exceeded', { counted });
    await vi.dynamicImportSettled();
    return wrapper.get('p').text();
  }
});
