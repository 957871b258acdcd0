import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { OutboundResult, OutboundService } from '@portillon/outbound';
import { BackChannelProbeService } from './back-channel-probe.service';

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
  const service = new BackChannelProbeService(
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
    expect(await service.probe()).toEqual({
      asked: 5,
      silent: [
        { application: 'gone', uri: 'https://gone', reason: 'host-unknown' },
        { application: 'proxied', uri: 'https://proxied', reason: 'status 502' },
        { application: 'slow', uri: 'https://slow', reason: 'status 504' },
      ],
    });
  });

  it('is asked of a bounded number at a time', async () => {
    const many = Array.from({ length: 45 }, (_, index) => [
      `https://a${index}`,
      { ...ANSWERED, status: 400 },
    ]);
    const { service, most } = probe(Object.fromEntries(many) as Record<string, OutboundResult>);
    expect(await service.probe()).toEqual({ asked: 45, silent: [] });
    expect(most()).toBe(20);
  });
});
