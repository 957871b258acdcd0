import type { SignInAccount } from '@portillon/account';
import type { Channel } from '@portillon/kernel';
import type { ChannelService, NotificationService } from '@portillon/notification';
import { CodeChannelService } from './code-channel.service';
import type { ChannelPolicy } from './channel.policy';

const BEGAN = new Date('2026-11-24T15:13:00.000Z');

function channels(allowed: Channel[], smsLeaves = true, failing: Channel[] = []) {
  const moments: unknown[] = [];
  const service = new CodeChannelService(
    {
      of: (_: SignInAccount, moment: unknown) => {
        moments.push(moment);
        return allowed;
      },
    } as unknown as ChannelPolicy,
    { available: (channel: Channel) => channel === 'SMS' && smsLeaves } as NotificationService,
    {
      failingSince: (channel: Channel) => (failing.includes(channel) ? BEGAN : undefined),
    } as ChannelService,
  );
  const nadia = {} as SignInAccount;
  return {
    moments,
    of: (purpose: string) => service.of(nadia, purpose),
    outage: () => service.outage('SMS'),
    detour: () => service.detour(nadia),
  };
}

describe('the ways by which a code may reach a person', () => {
  it('are those of their structure, in its order', () => {
    expect(channels(['SMS', 'EMAIL']).of('sign-in')).toEqual(['SMS', 'EMAIL']);
  });

  it('are mail alone while no SMS can leave', () => {
    expect(channels(['SMS', 'EMAIL'], false).of('sign-in')).toEqual(['EMAIL']);
  });

  it('are SMS alone where the structure takes nothing else, though none can leave', () => {
    expect(channels(['SMS'], false).of('sign-in')).toEqual(['SMS']);
  });

  it('are away while they fail, and the user chooses another that works', () => {
    const away = { code: 'channel-away', blocks: true, since: BEGAN, channel: 'SMS' };
    expect(channels(['SMS', 'EMAIL'], true, ['SMS']).outage()).toEqual(away);
    expect(channels(['SMS', 'EMAIL'], true, ['EMAIL']).outage()).toBeUndefined();
    const detour = { ...away, blocks: false, instead: 'EMAIL' };
    expect(channels(['SMS', 'EMAIL'], true, ['SMS']).detour()).toEqual(detour);
    expect(channels(['SMS', 'EMAIL'], true, ['SMS', 'EMAIL']).detour()).toBeUndefined();
    expect(channels(['SMS'], true, ['SMS']).detour()).toBeUndefined();
    expect(channels(['EMAIL', 'SMS'], true, ['SMS']).detour()).toBeUndefined();
  });

  it('are more in an open session than at a sign-in', () => {
    const { moments, of } = channels(['EMAIL']);
    of('sign-in');
    of('session');
    expect(moments).toEqual([{ inSession: false }, { inSession: true }]);
  });
});
