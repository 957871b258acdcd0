import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
import { SessionService } from './session/session.service';
import { DeviceHistoryService } from './trusted-device/device-history.service';
import type { SessionHistoryItem, TrustedDeviceHistoryItem } from './trusted-device/device-history.service';
import { TrustedDeviceService } from './trusted-device/trusted-device.service';

declare module '@portillon/persistence' {
  interface PersonalRecords {
    sessions: SessionHistoryItem[];
    browsers: TrustedDeviceHistoryItem[];
  }
}

@Injectable()
export class SessionPersonalData implements PersonalDataSource {
  constructor(
    private readonly history: DeviceHistoryService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly sessions: SessionService,
  ) {}

  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return {
      sessions: await this.history.sessionsOf(id),
      browsers: await this.history.trustedDevicesOf(id),
    };
  }

  async erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    await this.pendingSignIns.erase(id, tx);
    await this.trustedDevices.erase(id, tx);
    await this.sessions.erase(id, tx);
  }
}
