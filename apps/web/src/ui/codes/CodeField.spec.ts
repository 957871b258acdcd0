import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import CodeField from './CodeField.vue';

function field(error?: string) {
  const wrapper = mount(CodeField, {
    attachTo: document.body,
    props: {
      label: 'Code',
      help: '6 chiffres',
      error,
      describedBy: 'sent',
      modelValue: '',
      'onUpdate:modelValue': (code: string) => wrapper.setProps({ modelValue: code }),
    },
  });
  return { wrapper, input: wrapper.get('input') };
}

it('is one text input that phones and password managers fill in', () => {
  const { input } = field();
  expect(input.attributes()).toMatchObject({
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
  });
  expect(input.attributes()).not.toHaveProperty('maxlength');
});

it.each([
  ['482 913', '482913'],
  [' 482\u00a0913\n', '482913'],
  ['482\u202f913\u200b', '482913'],
  ['482-913', '482913'],
  ['4.8.2.9.1.3', '482913'],
  ['000123', '000123'],
  ['４８２９１３', '482913'],
])('takes %j as it was pasted', async (pasted, code) => {
  const { wrapper, input } = field();
  await input.setValue(pasted);
  expect(wrapper.props('modelValue')).toBe(code);
  expect(input.element.value).toBe(code);
});

it('leaves the judgement of anything else to the server', async () => {
  const { wrapper, input } = field();
  await input.setValue('12a٣');
  expect(wrapper.props('modelValue')).toBe('12a٣');
});

it('ties the sentence about the message, the error and the help to the input', () => {
  const { wrapper, input } = field('Ce code n’est pas le bon.');
  const described = input.attributes('aria-describedby')!.split(' ');
  expect(described).toContain('sent');
  expect(described.slice(0, 1).map((id) => wrapper.get(`[id="${id}"]`).text())).toEqual([
    'Ce code n’est pas le bon.',
  ]);
  expect(input.attributes('aria-invalid')).toBe('true');
  expect(wrapper.get('[role=alert]').text()).toBe('Ce code n’est pas le bon.');
});
