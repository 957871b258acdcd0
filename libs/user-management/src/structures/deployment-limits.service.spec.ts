import type { ResolvedAccessOptions } from '@portillon/access';
import type { TotpService } from '@portillon/authenticator';
import { HOUR } from '@portillon/kernel';
import type { NotificationService } from '@portillon/notification';
import { DeploymentLimitsService } from './deployment-limits.service';

describe('what the deployment asks of everybody', () => {
  it('is what its settings offer', () => {
    const service = new DeploymentLimitsService(
      { available: () => false } as Partial<NotificationService> as NotificationService,
      { offered: true } as TotpService,
      { codeWindowMs: 12 * HOUR, otherMeans: ['cpx'] } as unknown as ResolvedAccessOptions,
    );
    expect(service.limits).toEqual({
      smsAvailable: false,
      codeWindowHours: 12,
      proSanteConnectOffered: false,
      cardOffered: true,
      passkeysOffered: false,
      totpOffered: true,
    });
  });
});
