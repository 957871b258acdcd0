import { flushPromises, mount } from '@vue/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { challenge, NOW } from '../../../test/samples';
import { loadMessages } from '../../locales';
import CodeEntry from './CodeEntry.vue';

const idle = { problem: null, busy: false, spent: false, messages: 0 };
const problem = (code: string, retryAt: number | null = null) => ({ code, retryAt });

function entry(props = {}) {
  return mount(CodeEntry, { attachTo: document.body, props: { challenge: challenge(), ...idle, ...props } });
}
const text = (wrapper: ReturnType<typeof entry>) => wrapper.text().replace(/[\u00a0\u202f]/g, ' ');
const button = (wrapper: ReturnType<typeof entry>, name: string) =>
  wrapper.findAll('button').find((one) => one.text() === name);

beforeAll(() => loadMessages('code'));
beforeEach(() => vi.useFakeTimers({ now: NOW }));

describe('the code step', () => {
  it('says by what, when (Paris), to where, which reference', () => {
    const said = text(entry());
    expect(said).toContain('Un code OTP vous a été envoyé par e‑mail à 12:00');
    expect(said).toContain('c•••@hopital.example');
    expect(said).toContain('K7QX');
    expect(said).toContain('encore 10 min 0 s');
  });

  it('says that the message may have left when no relay confirmed it, and takes its code', async () => {
    const wrapper = entry({ challenge: challenge({ delivery: 'unconfirmed' }) });
    expect(text(wrapper)).toContain('Un code OTP vous a peut-être été envoyé par e‑mail à 12:00');
    expect(text(wrapper)).toContain('Si le message arrive, son code est valable');
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
    await wrapper.get('input').setValue('482913');
    await wrapper.get('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['482913']]);
  });

  it('says the sentence of the procedure for SMS', () => {
    const [sentAt, expiresAt] = ['2026-11-24T15:39:12.000Z', '2026-11-24T15:49:12.000Z'];
    const wrapper = entry({ challenge: challenge({ channel: 'SMS', sentAt, expiresAt }) });
    expect(text(wrapper)).toContain('Un code OTP vous a été envoyé par SMS à 16:39');
    expect(text(wrapper)).toContain('Veuillez saisir ci‑dessous le code que vous avez reçu par SMS');
  });

  it('says when the SMS was delivered, politely, and takes no focus', async () => {
    const sms = challenge({ channel: 'SMS' });
    const wrapper = entry({ challenge: sms, receipt: { state: 'sent', at: null } });
    expect(text(wrapper)).toContain('Remise en cours…');
    await wrapper.setProps({ receipt: { state: 'delivered', at: '2026-11-24T15:13:00.000Z' } });
    expect(wrapper.findAll('[role=status]').at(-1)!.text()).toBe('Remis à\u00a016:13.');
    expect(document.activeElement).toBe(wrapper.get('input').element);
  });

  it('offers the mail, and another operator, where the SMS could not be delivered', async () => {
    const [sentAt, resendAvailableAt] = ['2026-11-24T10:59:00.000Z', '2026-11-24T10:59:30.000Z'];
    const times = { sentAt, resendAvailableAt };
    const sms = challenge({ channel: 'SMS', otherChannels: ['EMAIL'], ...times });
    const wrapper = entry({ challenge: sms, receipt: { state: 'undelivered', at: sentAt } });
    expect(text(wrapper)).toMatch(/Le SMS n’a pas pu être remis :\s+recevoir le code par e‑mail/);
    await button(wrapper, 'recevoir le code par e‑mail')!.trigger('click');
    await button(wrapper, 'Renvoyer par un autre opérateur')!.trigger('click');
    expect(wrapper.emitted('send')).toEqual([['EMAIL'], [undefined]]);
    await wrapper.setProps({ challenge: challenge({ channel: 'SMS' }) });
    expect(text(wrapper)).toContain('Le SMS n’a pas pu être remis.');
    expect(button(wrapper, 'recevoir le code par e‑mail')).toBeUndefined();
  });

  it('has the focus in the field, and gives what was typed', async () => {
    const wrapper = entry();
    expect(document.activeElement).toBe(wrapper.get('input').element);
    await wrapper.get('input').setValue('482 913');
    await wrapper.get('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['482913']]);
  });

  it('asks for a code that was left out, without asking the server', async () => {
    const wrapper = entry();
    await wrapper.get('form').trigger('submit');
    expect(wrapper.get('[role=alert]').text()).toBe('Saisissez le code de 6\u00a0chiffres.');
    expect(wrapper.emitted('submit')).toBeUndefined();
  });

  it('spends no try on a code that is not whole', async () => {
    const wrapper = entry();
    await wrapper.get('input').setValue('48291');
    await wrapper.get('form').trigger('submit');
    expect(wrapper.get('[role=alert]').text()).toBe('Saisissez le code de 6\u00a0chiffres.');
    expect(document.activeElement).toBe(wrapper.get('input').element);
    expect(wrapper.emitted('submit')).toBeUndefined();
  });

  it('says how many tries are left, by the field that is wrong, and puts the focus there', async () => {
    const wrapper = entry();
    (document.activeElement as HTMLElement).blur();
    await wrapper.setProps({ challenge: challenge({ attemptsLeft: 1 }), problem: problem('code.rejected') });
    await flushPromises();
    expect(text(wrapper)).toContain('Ce code n’est pas le bon.');
    expect(text(wrapper)).toContain('Il vous reste 1 essai.');
    expect(document.activeElement).toBe(wrapper.get('input').element);
  });

  it('counts down to its end, and reports on time that it is over', async () => {
    const wrapper = entry();
    await vi.advanceTimersByTimeAsync(9 * 60_000 + 18_000);
    expect(text(wrapper)).toContain('encore 42 s');
    await vi.advanceTimersByTimeAsync(43_000);
    expect(wrapper.find('form').exists()).toBe(false);
    expect(wrapper.get('[role=alert]').text()).toContain('Ce code n’est plus valable');
    expect(button(wrapper, 'Envoyer un nouveau code')!.classes()).toContain('button-primary');
  });

  it('is submitted when all of it is pasted, and not before', async () => {
    const wrapper = entry();
    const field = wrapper.get('input');
    const paste = async (pasted: string) => {
      field.element.value = pasted;
      field.element.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste' }));
      await flushPromises();
    };
    await paste('482');
    expect(wrapper.emitted('submit')).toBeUndefined();
    await paste(' 482 913 ');
    expect(wrapper.emitted('submit')).toEqual([['482913']]);
  });

  it('offers only another message when the code cannot serve any more', () => {
    const wrapper = entry({
      problem: problem('code.exhausted'),
      spent: true,
      challenge: challenge({ resendAvailableAt: new Date(NOW).toISOString() }),
    });
    expect(wrapper.find('form').exists()).toBe(false);
    expect(wrapper.get('[role=alert]').text()).toContain('Demandez un nouveau code');
    expect(button(wrapper, 'Envoyer un nouveau code')!.classes()).toContain('button-primary');
  });

  it('asks for nothing while it is locked, and shows the way that is open', async () => {
    const wrapper = mount(CodeEntry, {
      props: { challenge: challenge(), ...idle, problem: problem('attempts.exceeded', NOW + 900_000) },
      slots: { locked: '<a href="/connexion">Se connecter autrement</a>' },
    });
    expect(wrapper.find('input').exists()).toBe(false);
    expect(text(wrapper)).not.toContain('K7QX');
    expect(text(wrapper)).not.toContain('Nouveau code dans');
    expect(text(wrapper)).toContain('Se connecter autrement');
    await vi.advanceTimersByTimeAsync(901_000);
    expect(text(wrapper)).not.toContain('Se connecter autrement');
    expect(button(wrapper, 'Envoyer un nouveau code')).toBeDefined();
  });

  it('lets the code that came before be entered when no other may leave', async () => {
    const full = { ...problem('attempts.exceeded', NOW + 3_600_000), counted: 'destination' };
    const wrapper = entry({ problem: full });
    await wrapper.get('input').setValue('482913');
    await wrapper.get('form').trigger('submit');
    expect(wrapper.emitted('submit')).toEqual([['482913']]);
  });

  it('takes the focus to a refusal that is not about the field', async () => {
    const wrapper = entry();
    await wrapper.setProps({ problem: problem('attempts.exceeded', NOW + 900_000) });
    expect(document.activeElement).toBe(wrapper.get('[role=alert]').element);
    expect(text(wrapper)).toContain('Vous pourrez réessayer à 12:15, dans 15 minutes.');
  });
});

describe('another message', () => {
  it('is counted down, then one click away', async () => {
    const wrapper = entry();
    expect(text(wrapper)).toContain('Nouveau code dans 30 secondes.');
    expect(button(wrapper, 'Envoyer un nouveau code')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(30_500);
    await button(wrapper, 'Envoyer un nouveau code')!.trigger('click');
    expect(wrapper.emitted('send')).toEqual([[undefined]]);
  });

  it('is counted down on its own button where the code serves no more', async () => {
    const wrapper = entry({ spent: true });
    const waiting = button(wrapper, 'Nouveau code (30\u00a0s)')!;
    expect(waiting.attributes('disabled')).toBeDefined();
    expect(text(wrapper)).not.toContain('Nouveau code dans');
    await vi.advanceTimersByTimeAsync(30_500);
    expect(button(wrapper, 'Envoyer un nouveau code')).toBeDefined();
  });

  it('may come by the other channel at once', async () => {
    const wrapper = entry({ challenge: challenge({ channel: 'SMS', otherChannels: ['EMAIL'] }) });
    await button(wrapper, 'Recevoir le code par e‑mail')!.trigger('click');
    expect(wrapper.emitted('send')).toEqual([['EMAIL']]);
  });

  it('empties the field, says which reference counts, and waits for the code there', async () => {
    const wrapper = entry();
    await wrapper.get('input').setValue('482913');
    await wrapper.setProps({ challenge: challenge({ reference: 'M4TR' }), messages: 1 });
    await flushPromises();
    expect(wrapper.get('input').element.value).toBe('');
    expect(text(wrapper)).toContain('M4TR');
    expect(text(wrapper)).toContain('prenez celui qui porte cette référence');
  });

  it('asks for no code that did not leave, and offers the other way first', async () => {
    const unsent = { delivery: 'failed', resendAvailableAt: new Date(NOW).toISOString() } as const;
    const failed = challenge({ channel: 'SMS', otherChannels: ['EMAIL'], ...unsent });
    const wrapper = entry({ challenge: failed, problem: problem('delivery.failed') });
    expect(wrapper.get('[role=alert]').text()).toContain('Le SMS n’est pas parti.');
    expect(wrapper.find('form').exists()).toBe(false);
    expect(wrapper.findAll('.button-primary').map((one) => one.text())).toEqual([
      'Recevoir le code par e‑mail',
    ]);
    expect(button(wrapper, 'Réessayer par SMS')!.classes()).toContain('link');
    await button(wrapper, 'Réessayer par SMS')!.trigger('click');
    expect(wrapper.emitted('send')).toEqual([[undefined]]);
    await wrapper.setProps({ problem: null });
    expect(wrapper.find('form').exists()).toBe(false);
    await wrapper.setProps({
      problem: problem('delivery.failed'),
      challenge: { ...failed, otherChannels: [] },
    });
    expect(wrapper.findAll('.button-primary').map((one) => one.text())).toEqual(['Réessayer par SMS']);
  });

  it('moves the focus to the sentence when it could not leave', () => {
    const failed = challenge({ channel: 'SMS', otherChannels: ['EMAIL'] });
    const wrapper = entry({ challenge: failed, problem: problem('delivery.failed') });
    expect(text(wrapper)).not.toContain('vous a été envoyé');
    expect(document.activeElement).toBe(wrapper.get('[role=alert]').element);
    expect(button(wrapper, 'Recevoir le code par e‑mail')).toBeDefined();
  });
});
