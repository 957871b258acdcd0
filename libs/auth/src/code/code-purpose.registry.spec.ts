import { CodePurposeRegistry, registerCodePurposes } from './code-purpose.registry';
import type { CodePurpose } from './code.types';

declare module '@portillon/otp' {
  interface OtpPurposes {
    voucher: 'voucher';
  }
}

const said = {
  subject: 'your voucher',
  title: 'Your voucher',
  sentence: () => 'Enter it.',
  sms: 'voucher code',
};
const voucher: CodePurpose = {
  journal: { fr: 'Échanger un bon', en: 'Exchange a voucher' },
  texts: { fr: said, en: said },
};

describe('the purposes of codes', () => {
  it('are those of auth, and what other libs register', () => {
    const registry = new CodePurposeRegistry();
    registry.register({ voucher });
    expect(registry.names).toEqual(['sign-in', 'session', 'voucher']);
    expect(registry.get('voucher')).toBe(voucher);
  });

  it('define which codes prove an address or a number that the account does not have yet', () => {
    const registry = new CodePurposeRegistry();
    expect(registry.proofs).toEqual([]);
    registry.register({ voucher: { ...voucher, proves: 'SMS' } });
    expect(registry.proofs).toEqual(['voucher']);
    expect([registry.proves('voucher'), registry.proves('session')]).toEqual([true, false]);
  });

  it('are registered by a provider of the module that asks for the codes', () => {
    const registry = new CodePurposeRegistry();
    const { inject, useFactory } = registerCodePurposes({ voucher });
    expect(inject).toEqual([CodePurposeRegistry]);
    useFactory(registry);
    expect(registry.get('voucher')).toBe(voucher);
  });

  it('are registered twice by a module that is imported twice', () => {
    const registry = new CodePurposeRegistry();
    registry.register({ voucher });
    expect(() => registry.register({ voucher })).not.toThrow();
  });

  it('are not shared: a code of one lib would be good for another', () => {
    const registry = new CodePurposeRegistry();
    registry.register({ voucher });
    expect(() => registry.register({ voucher: { ...voucher } })).toThrow(
      'Two libs register the purpose "voucher"',
    );
  });

  it('are named when no module registers them', () => {
    expect(() => new CodePurposeRegistry().get('voucher')).toThrow('No lib registers the purpose "voucher"');
  });
});
