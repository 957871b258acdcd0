import { mount } from '@vue/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { loadMessages } from '../../locales';
import StrengthMeter from './StrengthMeter.vue';

beforeAll(() => loadMessages('password-change'));
beforeEach(() => vi.useFakeTimers());

function meter(password: string) {
  return mount(StrengthMeter, { props: { password, personal: ['claire'] } });
}

describe('the strength of a password', () => {
  it('is judged by its length at once, and by its words some moments later', async () => {
    const shown = meter('');
    await shown.setProps({ password: 'PasswordPassword-2026' });
    expect(shown.get('[role=status]').text()).toContain('très bonne');
    await vi.advanceTimersByTimeAsync(200);
    await vi.dynamicImportSettled();
    await nextTick();
    expect(shown.get('[role=status]').text()).toContain('insuffisante');
    await shown.setProps({ password: '' });
    await nextTick();
    expect(shown.get('[role=status]').text()).toContain('rien de saisi');
  });
});
