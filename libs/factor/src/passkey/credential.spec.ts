import { assertionIn, registrationIn } from './credential';

const ASSERTION = {
  id: 'id',
  response: { clientDataJSON: 'c', authenticatorData: 'a', signature: 's', userHandle: null },
};

const REGISTRATION = { id: 'id', response: { clientDataJSON: 'c', attestationObject: 'o' } };

describe('an answer of a browser', () => {
  it('is taken with what is verified of it, and nothing else', () => {
    expect(assertionIn({ ...ASSERTION, extra: 1 })).toEqual({
      id: 'id',
      rawId: 'id',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: 'c', authenticatorData: 'a', signature: 's' },
    });
    const reached = (transports: unknown) =>
      registrationIn({ ...REGISTRATION, response: { ...REGISTRATION.response, transports } }).response
        .transports;
    expect([['usb', 'x y', 1], 'usb', undefined].map(reached)).toEqual([['usb'], [], []]);
  });

  it('says whose passkey it is', () => {
    const handleIn = (userHandle: unknown) =>
      assertionIn({ ...ASSERTION, response: { ...ASSERTION.response, userHandle } }).response.userHandle;
    expect(['handle', 1].map(handleIn)).toEqual(['handle', undefined]);
  });

  it('says whether the passkey stays in the workstation', () => {
    const placeIn = (authenticatorAttachment: unknown) =>
      registrationIn({ ...REGISTRATION, authenticatorAttachment }).authenticatorAttachment;
    expect(['platform', 'cross-platform', 1].map(placeIn)).toEqual(['platform', undefined, undefined]);
  });

  it.each([
    {},
    { id: 'id' },
    { id: 'id', response: null },
    { id: 1, response: ASSERTION.response },
    { id: 'id', response: { ...ASSERTION.response, signature: ['s'] } },
  ])('of another shape is refused: %j', (credential) => {
    const errors = [expect.objectContaining({ field: 'credential', code: 'format' })];
    const refusal = expect.objectContaining({ code: 'validation.failed', errors });
    expect(() => assertionIn(credential)).toThrow(refusal);
    expect(() => registrationIn(credential)).toThrow(refusal);
  });
});
