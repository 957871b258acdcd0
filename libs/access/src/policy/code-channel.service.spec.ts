import type { SignInAccount } from '@portillon/account';
import type { Channel } from '@portillon/kernel';
import type { NotificationService } from '@portillon/notification';
import { CodeChannelService } from './code-channel.service';
import type { ChannelPolicy } from './channel.policy';

function channels(allowed: Channel[], smsLeaves = true) {
  const moments: unknown[] = [];
  const service = new CodeChannelService(
    {
      of: (_: SignInAccount, moment: unknown) => {
        moments.push(moment);
        return allowed;
      },
    } as unknown as ChannelPolicy,
    { available: (channel: Channel) => channel === 'SMS' && smsLeaves } as NotificationService,
  );
  return { moments, of: (purpose: string) => service.of({} as SignInAccount, purpose) };
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

  it('are more in an open session than at a sign-in', () => {
    const { moments, of } = channels(['EMAIL']);
    of('sign-in');
    of('session');
    expect(moments).toEqual([{ inSession: false }, { inSession: true }]);
  });
});
