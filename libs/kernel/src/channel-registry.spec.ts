import type { Channel } from './channel-registry';

const [LETTER, VOICE, FAX] = ['LETTER', 'VOICE', 'FAX'] as string[] as [Channel, Channel, Channel];

describe('the channels that libraries declare', () => {
  const { channelNames, channelOf, declareChannel, reachesPhone } = withoutDeclarations();
  const voice = { reaches: 'phone', proof: 'sms', text: { fr: 'appel vocal', en: 'voice call' } } as const;
  const letter = { reaches: 'email', proof: 'mail', text: { fr: 'courriel', en: 'mail' } } as const;

  beforeAll(() => {
    declareChannel(LETTER, letter);
    declareChannel(VOICE, voice);
  });

  it('are listed and found by name', () => {
    expect(channelNames()).toEqual([LETTER, VOICE]);
    expect(channelNames().filter(reachesPhone)).toEqual([VOICE]);
    expect(channelOf(VOICE)).toBe(voice);
  });

  it('have one declaration each', () => {
    expect(() => declareChannel(VOICE, { ...voice })).toThrow('Two libraries declare the channel "VOICE"');
    expect(() => channelOf(FAX)).toThrow('No library declares the channel "FAX"');
  });
});

/** The registry before any library is loaded: other specs run in this process, too. */
function withoutDeclarations(): typeof import('./channel-registry') {
  let registry!: typeof import('./channel-registry');
  jest.isolateModules(() => (registry = jest.requireActual('./channel-registry')));
  return registry;
}
