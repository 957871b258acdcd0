import { assertionIn, registrationIn } from './credential';

const ASSERTION = {
  id: 'id',
  response: { clientDataJSON: 'c', authenticatorData: 'a', signature: 's', userHandle: null },
};

describe('an answer of a browser', () => {
  it('is taken with what is verified of it, and nothing else', () => {
    expect(assertionIn({ ...ASSERTION, extra: 1 })).toEqual({
      id: 'id',
      rawId: 'id',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: 'c', authenticatorData: 'a', signature: 's' },
    });
    const made = {
      id: 'id',
      response: { clientDataJSON: 'c', attestationObject: 'o', transports: ['usb', 'x y', 1] },
    };
    expect(registrationIn(made).response.transports).toEqual(['usb']);
  });

  it.each([
    {},
    { id: 'id' },
    { id: 'id', response: null },
    { id: 1, response: ASSERTION.response },
    { id: 'id', response: { ...ASSERTION.response, signature: ['s'] } },
  ])('of another shape is refused: %j', (credential) => {
    expect(() => assertionIn(credential)).toThrow(expect.objectContaining({ code: 'validation.failed' }));
    expect(() => registrationIn(credential)).toThrow(expect.objectContaining({ code: 'validation.failed' }));
  });
});
