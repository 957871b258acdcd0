import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { OutboundResult, OutboundService } from '@portillon/outbound';
import { BackChannelFindings } from './back-channel.findings';

const ANSWERED = { outcome: 'answered', headers: {}, body: '' } as const;

function probe(answers: Record<string, OutboundResult>) {
  const all = Object.keys(answers).map((uri) => ({ name: uri.slice(8), backchannelLogoutUri: uri }));
  let [running, most] = [0, 0];
  const applications = { withBackChannel: async () => all as ApplicationEntity[] };
  const outbound = {
    send: async (uri: string) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return answers[uri]!;
    },
  };
  const service = new BackChannelFindings(
    applications as ApplicationService,
    outbound as unknown as OutboundService,
  );
  return { service, most: () => most };
}

describe('whether logout tokens can reach applications', () => {
  it('is so when they answer anything, and not when nothing or a proxy answers', async () => {
    const { service } = probe({
      'https://agenda': { ...ANSWERED, status: 400 },
      'https://gone': { outcome: 'failed', reason: 'host-unknown' },
      'https://proxied': { ...ANSWERED, status: 502 },
      'https://slow': { ...ANSWERED, status: 504 },
      'https://odd': { ...ANSWERED, status: 505 },
    });
    expect(
      (await service.check()).map(({ state, text }) => [state, text.slice(0, text.indexOf(':', 40))]),
    ).toEqual([
      ['failing', 'gone does not answer at https://gone (host-unknown)'],
      ['failing', 'proxied does not answer at https://proxied (status 502)'],
      ['failing', 'slow does not answer at https://slow (status 504)'],
    ]);
  });

  it('is asked of a bounded number at a time', async () => {
    const many = Array.from({ length: 45 }, (_, index) => [
      `https://a${index}`,
      { ...ANSWERED, status: 400 },
    ]);
    const { service, most } = probe(Object.fromEntries(many) as Record<string, OutboundResult>);
    expect(await service.check()).toMatchObject([{ state: 'well', text: expect.stringContaining('45') }]);
    expect(most()).toBe(20);
  });
});
