import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { pass, useTestTimers } from '../testing/test-timers';
import { ChannelService } from './channel.service';
import { ChannelProbeJob } from '../notification.job';

describe('channels that are down', () => {
  useTestTimers();

  it('are probed every 10 s, also after a probe that failed', async () => {
    const probe = jest.fn().mockRejectedValueOnce(new Error('ill')).mockResolvedValue(undefined);
    const application = await Test.createTestingModule({
      imports: [ScheduleModule.forRoot()],
      providers: [ChannelProbeJob, { provide: ChannelService, useValue: { probe } }],
    }).compile();
    application.useLogger(false);
    await application.init();
    expect(probe).not.toHaveBeenCalled();
    await pass(10_000);
    expect(probe).toHaveBeenCalledTimes(1);
    await pass(20_000);
    expect(probe).toHaveBeenCalledTimes(3);
    await application.close();
  });
});
